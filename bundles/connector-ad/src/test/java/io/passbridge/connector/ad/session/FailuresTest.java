/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ad.kerberos.KerberosException;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.connector.ad.replication.ReplicationException;
import io.passbridge.connector.ad.replication.ReplicationException.Kind;
import io.passbridge.connector.ad.rpc.RpcFaultException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
    private final Failures failures =
            new Failures(ReplicationEndpoint.of("dc1.corp.example"), "svc-sync@corp.example");

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "8453,PERMISSION,Replicating Directory Changes All",
        "5,PERMISSION,Replicating Directory Changes All",
        "8456,CONTROLLER_REFUSES,-DISABLE_OUTBOUND_REPL",
        "8457,CONTROLLER_REFUSES,-DISABLE_INBOUND_REPL",
        "8593,EPOCH_CHANGED,a new session takes it up",
        "8439,NOT_FOUND,replication rights",
        "8440,NAMING_CONTEXT,DC=corp",
        "8420,NAMING_CONTEXT,DC=corp",
        "8418,CONTROLLER_REFUSES,schema",
        "8446,CONTROLLER_REFUSES,another controller",
        "1168,OTHER,net helpmsg"
    })
    void returned_windowsErrors_haveAKindTheirCodeAndARemedy(int code, Kind kind, String remedy) {
        ReplicationException failure = failures.returned(code, "DC=corp,DC=example");

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure).hasMessageContaining("error " + code);
        assertThat(failure.remedy()).contains(remedy);
    }

    @Test
    void clockSkew_fromTheControllerItself_isToldWithLimitAndRemedy() {
        ReplicationException failure = failures.opening(new KerberosException("refused", 37));

        assertThat(failure.kind()).isEqualTo(Kind.CLOCK);
        assertThat(failure).hasMessageContaining("300 s").hasMessageContaining("NTP");
        assertThat(failures.opening(new KerberosException("refused", 41)).kind())
                .isEqualTo(Kind.AUTHENTICATION);
    }

    @ParameterizedTest(name = "fault {0} is {1}")
    @CsvSource({
        "5,AUTHENTICATION",
        "0x721,AUTHENTICATION",
        "0x1c01000b,AUTHENTICATION",
        "0x1c00000d,CONNECTION_LOST",
        "0x1c010002,OTHER",
        "0x1c010003,UNREACHABLE",
        "0x57,OTHER"
    })
    void opening_faults_haveAKind(String code, Kind kind) {
        int status = Integer.decode(code);

        ReplicationException failure = failures.opening(new RpcFaultException("fault", status));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.code()).isEqualTo(status);
    }
}
