/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.session;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.BindResult;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SASLBindRequest;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;

/**
 * A sign-in by SASL with a client of the JDK's (RFC 4513 section 5.2). From its end on, what the
 * two sides agreed to seal is sealed. For one use.
 */
final class SaslBind extends SASLBindRequest {
    private static final long serialVersionUID = 1L;
    private static final Control[] NONE = {};

    private final transient SaslClient client;

    SaslBind(SaslClient client) {
        super(NONE);
        this.client = client;
    }

    @Override
    public String getSASLMechanismName() {
        return client.getMechanismName();
    }

    @Override
    protected BindResult process(LDAPConnection connection, int depth) throws LDAPException {
        long limit = connection.getConnectionOptions().getResponseTimeoutMillis();
        try {
            byte[] words = client.hasInitialResponse() ? answer(new byte[0]) : null;
            while (true) {
                BindResult result =
                        sendBindRequest(
                                connection,
                                "",
                                words == null ? null : new ASN1OctetString(words),
                                getControls(),
                                limit);
                boolean more = result.getResultCode().equals(ResultCode.SASL_BIND_IN_PROGRESS);
                if (!more && !result.getResultCode().equals(ResultCode.SUCCESS)) {
                    return result;
                }
                ASN1OctetString said = result.getServerSASLCredentials();
                words = client.isComplete() ? null : answer(said == null ? null : said.getValue());
                if (!more) {
                    seal(connection);
                    return result;
                }
            }
        } catch (SaslException e) {
            throw new LDAPException(ResultCode.LOCAL_ERROR, e.getMessage(), e);
        }
    }

    private byte[] answer(byte[] said) throws SaslException {
        return client.evaluateChallenge(said == null ? new byte[0] : said);
    }

    private void seal(LDAPConnection connection) throws LDAPException {
        if (!client.isComplete()) {
            throw new LDAPException(
                    ResultCode.LOCAL_ERROR, "the server ended the sign-in before it was complete");
        }
        if (!"auth".equals(client.getNegotiatedProperty(Sasl.QOP))) {
            connection.applySASLSecurityLayer(client);
        }
    }

    @Override
    public SaslBind duplicate() {
        return this;
    }

    @Override
    public SaslBind duplicate(Control[] controls) {
        return this;
    }

    @Override
    public void toString(StringBuilder buffer) {
        buffer.append("SaslBind(").append(client.getMechanismName()).append(')');
    }
}
