/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.health.Finding.Severity;
import io.passbridge.itests.lab.Identity;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.wiser.Wiser;

/** Over a real mail server in this process. */
class MailTest {
    private static final Notice NOTICE =
            new Notice(
                    List.of(new Problem(Severity.ERROR, "route zürich", "läuft nicht", "doctor")),
                    List.of(),
                    List.of());

    @TempDir Path folder;
    private Identity identity;
    private Path password;
    private Wiser wiser;

    @BeforeEach
    void prepare() throws Exception {
        identity = Identity.of(folder, "mail", "EC", "-1d", 30);
        password = Files.writeString(folder.resolve("password"), "a-mail-password\n");
    }

    @AfterEach
    void stop() {
        if (wiser != null) {
            wiser.stop();
        }
    }

    private SMTPServer.Builder server() throws Exception {
        return SMTPServer.port(0).bindAddress(InetAddress.getByName("127.0.0.1"));
    }

    private void start(SMTPServer.Builder server) {
        wiser = Wiser.create(server);
        wiser.start();
    }

    private Mail mail(Mail.Security security, String user) {
        return new Mail(
                new Mail.Server(
                        "127.0.0.1",
                        wiser.getServer().getPortAllocated(),
                        security,
                        user,
                        Optional.of(password)),
                "passbridge@example.org",
                "ops@example.org, Anna <anna@example.org>",
                Optional.of(identity.authority()),
                () -> false,
                "bridge1");
    }

    private static SMTPServer.Builder signedIn(SMTPServer.Builder server) {
        return server.requireAuth()
                .authenticationHandlerFactory(
                        new EasyAuthenticationHandlerFactory(
                                (user, given, context) -> {
                                    if (!user.equals("bridge")
                                            || !given.equals("a-mail-password")) {
                                        throw new LoginFailedException();
                                    }
                                }));
    }

    @Test
    void notice_arrives_overStartTls_signedIn() throws Exception {
        start(signedIn(server().requireTLS().startTlsSocketFactory(identity.context())));
        mail(Mail.Security.STARTTLS, "bridge").tell(NOTICE);
        assertThat(wiser.getMessages()).hasSize(2);
        MimeMessage message = wiser.getMessages().get(0).getMimeMessage();
        assertThat(message.getSubject())
                .isEqualTo(
                        "Passbridge on bridge1: 1 thing does not work until somebody acts: route"
                                + " zürich");
        assertThat((String) message.getContent()).contains("läuft nicht");
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    }

    @Test
    void serverWithoutStartTls_isSentNothing() throws Exception {
        start(server());
        assertThatThrownBy(() -> mail(Mail.Security.STARTTLS, "").tell(NOTICE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("STARTTLS");
        assertThat(wiser.getMessages()).isEmpty();
    }

    @Test
    void serverThatNobodyVouchesFor_isSentNothing() throws Exception {
        Identity other = Identity.of(folder, "other", "EC", "-1d", 30);
        start(server().requireTLS().startTlsSocketFactory(other.context()));
        assertThatThrownBy(() -> mail(Mail.Security.STARTTLS, "").tell(NOTICE))
                .isInstanceOf(IOException.class);
        assertThat(wiser.getMessages()).isEmpty();
    }

    @Test
    void wrongPassword_isToldWithoutIt() throws Exception {
        start(signedIn(server().requireTLS().startTlsSocketFactory(identity.context())));
        Files.writeString(password, "another-mail-password");
        assertThatThrownBy(() -> mail(Mail.Security.STARTTLS, "bridge").tell(NOTICE))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("mail server 127.0.0.1:")
                .hasMessageContaining("535")
                .hasMessageNotContaining("another-mail-password");
    }

    @Test
    void plainServer_isUsedWhereThatIsSaid() throws Exception {
        start(server());
        mail(Mail.Security.NONE, "").tell(NOTICE);
        assertThat(wiser.getMessages()).hasSize(2);
    }

    @Test
    void addressThatIsNone_isRefused() {
        assertThatThrownBy(
                        () ->
                                new Mail(
                                        new Mail.Server(
                                                "h", 25, Mail.Security.NONE, "", Optional.empty()),
                                        "passbridge@example.org",
                                        "not an address",
                                        Optional.empty(),
                                        () -> false,
                                        "bridge1"))
                .hasMessageContaining(
                        "'mailTo' of io.passbridge.notifications is 'not an address'");
    }
}
