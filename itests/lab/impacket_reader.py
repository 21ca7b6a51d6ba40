#!/usr/bin/python3
"""Reads a domain with impacket, which has nothing in common with the other two readers.

usage: impacket_reader.py HOST ADDRESS USER ROUNDS      (password in PASSWORD)
Prints a line a round: objects, seconds and a digest over all names and hashes. With DIGEST_KEY (hexadecimal)
it prints a line a user before that: name, tab and the HMAC-SHA-256 of the hash under that key.
"""
import hashlib
import hmac
import os
import sys
import time

from impacket import system_errors  # noqa: F401  (registers error texts)
from impacket.dcerpc.v5 import drsuapi, epm, transport
from impacket.dcerpc.v5.dtypes import NULL
from impacket.dcerpc.v5.rpcrt import RPC_C_AUTHN_LEVEL_PKT_PRIVACY

PREFIXES = {0: bytes.fromhex('5504'), 2: bytes.fromhex('2a864886f7140102'), 9: bytes.fromhex('2a864886f7140104')}
PAS = [0x00000000, 0x00020030, 0x00090001, 0x00090008, 0x0009005A, 0x00090060, 0x00090092, 0x0009009F,
       0x000900DD, 0x00090290]
UNICODE_PWD, SAM_ACCOUNT_NAME = 0x0009005A, 0x000900DD


def connect(address, user):
    binding = epm.hept_map(address, drsuapi.MSRPC_UUID_DRSUAPI, protocol='ncacn_ip_tcp')
    rpc = transport.DCERPCTransportFactory(binding)
    rpc.set_credentials(user, os.environ['PASSWORD'], 'CORP')
    dce = rpc.get_dce_rpc()
    dce.set_auth_level(RPC_C_AUTHN_LEVEL_PKT_PRIVACY)
    dce.connect()
    dce.bind(drsuapi.MSRPC_UUID_DRSUAPI)
    return dce


def bind(dce):
    request = drsuapi.DRSBind()
    request['puuidClientDsa'] = drsuapi.NTDSAPI_CLIENT_GUID
    ext = drsuapi.DRS_EXTENSIONS_INT()
    ext['cb'] = len(ext)
    ext['dwFlags'] = (drsuapi.DRS_EXT_GETCHGREQ_V6 | drsuapi.DRS_EXT_GETCHGREPLY_V6 | drsuapi.DRS_EXT_GETCHGREQ_V8
                      | drsuapi.DRS_EXT_STRONG_ENCRYPTION)
    ext['SiteObjGuid'] = drsuapi.NULLGUID
    ext['Pid'] = ext['dwReplEpoch'] = ext['dwFlagsExt'] = 0
    ext['ConfigObjGUID'] = drsuapi.NULLGUID
    ext['dwExtCaps'] = 0xffffffff
    request['pextClient']['cb'] = len(ext)
    request['pextClient']['rgb'] = list(ext.getData())
    return dce.request(request)['phDrs']


def request(handle, cursor, invocation):
    req = drsuapi.DRSGetNCChanges()
    req['hDrs'] = handle
    req['dwInVersion'] = 8
    req['pmsgIn']['tag'] = 8
    v8 = req['pmsgIn']['V8']
    v8['uuidDsaObjDest'] = drsuapi.NULLGUID
    v8['uuidInvocIdSrc'] = invocation
    name = drsuapi.DSNAME()
    name['SidLen'] = 0
    name['Guid'] = drsuapi.NULLGUID
    name['Sid'] = ''
    dn = 'DC=corp,DC=example'
    name['NameLen'] = len(dn)
    name['StringName'] = dn + '\x00'
    name['structLen'] = len(name.getDataReferent())
    v8['pNC'] = name
    for part in ('usnHighObjUpdate', 'usnReserved', 'usnHighPropUpdate'):
        v8['usnvecFrom'][part] = cursor[part] if cursor else 0
    v8['pUpToDateVecDest'] = NULL
    v8['ulFlags'] = drsuapi.DRS_INIT_SYNC | drsuapi.DRS_WRIT_REP
    v8['cMaxObjects'] = 1000
    v8['cMaxBytes'] = 8 << 20
    v8['ulExtendedOp'] = 0
    asked = drsuapi.PARTIAL_ATTR_VECTOR_V1_EXT()
    asked['dwVersion'] = 1
    asked['cAttrs'] = len(PAS)
    for attribute in sorted(PAS):
        number = drsuapi.ATTRTYP()
        number['Data'] = attribute
        asked['rgPartialAttr'].append(number)
    v8['pPartialAttrSet'] = asked
    v8['pPartialAttrSetEx1'] = NULL
    entries = []
    for index, prefix in [(i, p) for i, p in PREFIXES.items()] + [(0, b'\xff' + bytes(20))]:
        entry = drsuapi.PrefixTableEntry()
        entry['ndx'] = index
        entry['prefix']['length'] = len(prefix)
        entry['prefix']['elements'] = list(prefix)
        entries.append(entry)
    v8['PrefixTableDest']['PrefixCount'] = len(entries)
    v8['PrefixTableDest']['pPrefixEntry'] = entries
    return req


def hashes(dce, v6, lines):
    key = dce.get_session_key()
    item, count = v6['pObjects'], 0
    for _ in range(v6['cNumObjects']):
        entry = item['Entinf']
        count += 1
        name, secret = '', None
        for attribute in entry['AttrBlock']['pAttr']:
            if attribute['AttrVal']['valCount']:
                value = b''.join(attribute['AttrVal']['pAVal'][0]['pVal'])
                if attribute['attrTyp'] == SAM_ACCOUNT_NAME:
                    name = value.decode('utf-16le')
                elif attribute['attrTyp'] == UNICODE_PWD:
                    secret = value
        if secret is not None:
            rid = int.from_bytes(entry['pName']['Sid'][:entry['pName']['SidLen']][-4:], 'little')
            plain = drsuapi.removeDESLayer(drsuapi.DecryptAttributeValue(dce, secret), rid)
            lines.append('%s:%s' % (name, plain.hex()))
        item = item['pNextEntInf']
    return count


def print_users(lines):
    """One line a user that says nothing to whoever does not have the key."""
    key = os.environ.get('DIGEST_KEY')
    for line in sorted(set(lines)) if key else []:
        name, secret = line.rsplit(':', 1)
        print('%s\t%s' % (name, hmac.new(bytes.fromhex(key), bytes.fromhex(secret), hashlib.sha256).hexdigest()))


def main():
    sys.setrecursionlimit(100000)
    _host, address, user, rounds = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    for _ in range(rounds):
        begin = time.perf_counter()
        dce = connect(address, user)
        handle = bind(dce)
        bound = time.perf_counter()
        cursor, invocation, count, calls, lines = None, drsuapi.NULLGUID, 0, 0, []
        while True:
            reply = dce.request(request(handle, cursor, invocation))
            v6 = reply['pmsgOut']['V6']
            calls += 1
            count += hashes(dce, v6, lines)
            cursor, invocation = v6['usnvecTo'], v6['uuidInvocIdSrc']
            if not v6['fMoreData']:
                break
        end = time.perf_counter()
        print_users(lines)
        digest = hashlib.sha256('\n'.join(sorted(set(lines))).encode()).hexdigest()
        print('impacket %d objects, %d calls, bind %.0f ms, read %.0f ms, %.0f objects/s, %d hashes, digest %s' % (
            count, calls, (bound - begin) * 1e3, (end - bound) * 1e3, count / (end - bound), len(set(lines)), digest))
        dce.disconnect()


main()
