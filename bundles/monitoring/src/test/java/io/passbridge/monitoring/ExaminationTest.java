/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import io.passbridge.health.Inspector;
import io.passbridge.monitoring.Examination.Report;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ExaminationTest {
    @Test
    void report_hasTheFindingsOfAll_worstFirst() {
        Examination examination =
                new Examination(
                        List.of(
                                inspector("routes", Finding.ok("route a", "runs")),
                                inspector("store", Finding.error("store", "is away", "mend it"))));

        Report report = examination.report().orElseThrow();

        assertThat(report.observations())
                .extracting(o -> o.part())
                .containsExactly("store", "routes");
        assertThat(report.count(Severity.ERROR)).isEqualTo(1);
        assertThat(report.count(Severity.WARNING)).isZero();
        examination.stop();
    }

    @Test
    void inspectorThatFails_isAnError_andTheOthersAreAsked() {
        Inspector broken =
                new Inspector() {
                    @Override
                    public String subject() {
                        return "broken";
                    }

                    @Override
                    public List<Finding> inspect() {
                        throw new IllegalStateException("no");
                    }
                };
        Examination examination =
                new Examination(List.of(broken, inspector("routes", Finding.ok("a", "runs"))));

        Report report = examination.report().orElseThrow();

        assertThat(report.count(Severity.ERROR)).isEqualTo(1);
        assertThat(report.count(Severity.OK)).isEqualTo(1);
        examination.stop();
    }

    @Test
    void firstExaminationThatTakesLong_isNotWaitedFor() {
        CountDownLatch end = new CountDownLatch(1);
        Inspector slow =
                new Inspector() {
                    @Override
                    public String subject() {
                        return "slow";
                    }

                    @Override
                    public List<Finding> inspect() {
                        try {
                            end.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return List.of();
                    }
                };
        Examination examination = new Examination(List.of(slow));

        assertThat(examination.report()).isEmpty();
        end.countDown();
        await().until(() -> examination.report().isPresent());
        examination.stop();
    }

    private static Inspector inspector(String subject, Finding... findings) {
        return new Inspector() {
            @Override
            public String subject() {
                return subject;
            }

            @Override
            public List<Finding> inspect() {
                return List.of(findings);
            }
        };
    }
}
