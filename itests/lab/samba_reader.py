#!/usr/bin/python3
"""Reads a domain with Samba's own client (its C library through its Python binding).

usage: samba_reader.py HOST ADDRESS USER ROUNDS raw|decrypt [kerberos]   (password in PASSWORD)
Prints a line a round: objects, seconds; with 'decrypt' also a digest over all names and hashes. With DIGEST_KEY
(hexadecimal) it prints a line a user before that: name, tab and the HMAC-SHA-256 of the hash under that key.
"""
import hashlib
import hmac
import os
import sys
import time

from samba import param
from samba.credentials import Credentials, DONT_USE_KERBEROS, MUST_USE_KERBEROS
from samba.dcerpc import drsuapi, misc
from samba.drs_utils import drs_DsBind
from samba.net import Net

PAS = [0x00000000, 0x00020030, 0x00090001, 0x00090008, 0x0009005A, 0x00090060, 0x00090092, 0x0009009F,
       0x000900DD, 0x00090290]
UNICODE_PWD, SAM_ACCOUNT_NAME = 0x0009005A, 0x000900DD


def request(cursor, invocation, dsa):
    req = drsuapi.DsGetNCChangesRequest8()
    req.destination_dsa_guid = misc.GUID()
    req.source_dsa_invocation_id = invocation
    req.naming_context = drsuapi.DsReplicaObjectIdentifier()
    req.naming_context.dn = 'DC=corp,DC=example'
    req.highwatermark = cursor
    req.uptodateness_vector = None
    req.replica_flags = drsuapi.DRSUAPI_DRS_INIT_SYNC | drsuapi.DRSUAPI_DRS_WRIT_REP
    req.max_object_count = 1000
    req.max_ndr_size = 8 << 20
    req.extended_op = 0
    req.fsmo_info = 0
    attributes = drsuapi.DsPartialAttributeSet()
    attributes.version = 1
    attributes.attids = sorted(PAS)
    attributes.num_attids = len(PAS)
    req.partial_attribute_set = attributes
    req.partial_attribute_set_ex = None
    mapping = drsuapi.DsReplicaOIDMapping_Ctr()
    prefixes = []
    for index, oid in ((0, b'\x55\x04'), (2, bytes.fromhex('2a864886f7140102')), (9, bytes.fromhex('2a864886f7140104'))):
        entry = drsuapi.DsReplicaOIDMapping()
        entry.id_prefix = index
        entry.oid.binary_oid = list(oid)
        entry.oid.length = len(oid)
        prefixes.append(entry)
    last = drsuapi.DsReplicaOIDMapping()
    last.id_prefix = 0
    last.oid.binary_oid = [0xff] + [0] * 20
    last.oid.length = 21
    prefixes.append(last)
    mapping.mappings = prefixes
    mapping.num_mappings = len(prefixes)
    req.mapping_ctr = mapping
    return req


def print_users(lines):
    """One line a user that says nothing to whoever does not have the key."""
    key = os.environ.get('DIGEST_KEY')
    for line in sorted(set(lines)) if key else []:
        name, secret = line.rsplit(':', 1)
        print('%s\t%s' % (name, hmac.new(bytes.fromhex(key), bytes.fromhex(secret), hashlib.sha256).hexdigest()))


def main():
    host, address, user, rounds, mode = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5]
    lp = param.LoadParm()
    lp.load_default()
    lp.set('realm', 'CORP.EXAMPLE')
    lp.set('workgroup', 'CORP')
    creds = Credentials()
    creds.guess(lp)
    creds.set_username(user)
    creds.set_domain('CORP')
    creds.set_realm('CORP.EXAMPLE')
    creds.set_password(os.environ['PASSWORD'])
    creds.set_kerberos_state(MUST_USE_KERBEROS if sys.argv[6:] == ['kerberos'] else DONT_USE_KERBEROS)
    for _ in range(rounds):
        begin, cpu = time.perf_counter(), time.process_time()
        drs = drsuapi.drsuapi('ncacn_ip_tcp:%s[seal,target_hostname=%s]' % (address, host), lp, creds)
        handle, _flags = drs_DsBind(drs)
        bound = time.perf_counter()
        cursor = drsuapi.DsReplicaHighWaterMark()
        cursor.tmp_highest_usn = cursor.reserved_usn = cursor.highest_usn = 0
        invocation, count, calls, lines = misc.GUID(), 0, 0, []
        net = Net(creds, lp) if mode == 'decrypt' else None
        while True:
            _level, ctr = drs.DsGetNCChanges(handle, 8, request(cursor, invocation, None))
            calls += 1
            count += ctr.object_count
            if net is not None:
                item = ctr.first_object
                while item is not None:
                    rid, name = 0, ''
                    if item.object.identifier.sid is not None:
                        rid = int(str(item.object.identifier.sid).split('-')[-1])
                    for attribute in item.object.attribute_ctr.attributes:
                        if attribute.attid == SAM_ACCOUNT_NAME:
                            name = attribute.value_ctr.values[0].blob.decode('utf-16le')
                    for attribute in item.object.attribute_ctr.attributes:
                        if attribute.attid == UNICODE_PWD and attribute.value_ctr.num_values:
                            net.replicate_decrypt(drs, attribute, rid)
                            lines.append('%s:%s' % (name, attribute.value_ctr.values[0].blob.hex()))
                    item = item.next_object
            cursor, invocation = ctr.new_highwatermark, ctr.source_dsa_invocation_id
            if not ctr.more_data:
                break
        end, cpu = time.perf_counter(), time.process_time() - cpu
        print_users(lines)
        digest = hashlib.sha256('\n'.join(sorted(set(lines))).encode()).hexdigest() if net else '-'
        print('samba    %d objects, %d calls, bind %.0f ms, read %.0f ms, %.0f objects/s, cpu %.0f ms, %d hashes, digest %s' % (
            count, calls, (bound - begin) * 1e3, (end - bound) * 1e3, count / (end - bound), cpu * 1e3, len(set(lines)), digest))


main()
