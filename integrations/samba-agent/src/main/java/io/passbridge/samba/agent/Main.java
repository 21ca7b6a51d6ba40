/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.samba.agent;

import com.unboundid.ldap.sdk.LDAPException;
import io.passbridge.credential.Secret;
import io.passbridge.hash.sealed.RecipientKeys;
import io.passbridge.hash.sealed.SealRefusedException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The agent's command line. */
public final class Main {
    private static final PrintStream OUT = System.out;
    private static final String SOCKET = "/var/lib/samba/private/ldap_priv/ldapi";

    private static final String USAGE =
            """
            usage, on a domain controller of Samba, as root:
              init FOLDER HOST:PORT UNIT [SOCKET]   make keys, pairing secret and certificate
              serve FOLDER                          listen for the platform
              apply FOLDER FILE [--dry-run] [--disable-absent]
                                                    apply a file of sync:export-sealed, while
                                                    nobody serves; --dry-run opens it and changes
                                                    nothing, --disable-absent disables whoever of
                                                    the unit is not in it
            UNIT is the distinguished name of the organisational unit that holds the users;
            SOCKET is Samba's, %s if not given.
            """
                    .formatted(SOCKET);

    private static final String DRY_RUN = "--dry-run";
    private static final String DISABLE_ABSENT = "--disable-absent";
    private static final Set<String> OPTIONS = Set.of(DRY_RUN, DISABLE_ABSENT);

    private Main() {}

    /** Ends with 0 done, 1 usage, 2 refused or failed, 3 partly done. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            boolean four = arguments.length == 4 || arguments.length == 5;
            if (four && arguments[0].equals("init")) {
                init(arguments);
            } else if (arguments.length == 2 && arguments[0].equals("serve")) {
                serve(new AgentFolder(Path.of(arguments[1])));
            } else if (arguments.length >= 3 && arguments[0].equals("apply") && known(arguments)) {
                apply(arguments);
            } else {
                OUT.print(USAGE);
                System.exit(1);
            }
        } catch (FileAlreadyExistsException e) {
            log(e.getFile() + " is there already; choose another folder");
            System.exit(2);
        } catch (IOException | GeneralSecurityException | SealRefusedException | LDAPException e) {
            log(e.getMessage());
            System.exit(2);
        }
    }

    private static void init(String[] arguments) throws IOException, InterruptedException {
        if (!arguments[2].matches(".+:\\d{1,5}")) {
            throw new IOException("'" + arguments[2] + "' is not HOST:PORT");
        }
        AgentFolder folder =
                AgentFolder.make(
                        Path.of(arguments[1]),
                        arguments[2],
                        arguments[3],
                        arguments.length == 5 ? arguments[4] : SOCKET);
        OUT.println(
                """
                Made %1$s. On the platform:
                  copy recipient.pub and agent.pem to its etc folder (they are not secret),
                  give the line of %1$s/pairing to account:set (it is).\
                """
                        .formatted(folder.path()));
    }

    private static void serve(AgentFolder folder)
            throws IOException, GeneralSecurityException, LDAPException {
        RecipientKeys keys = folder.keys();
        Secret pairing = folder.secret("pairing");
        Domain domain = Domain.of(folder);
        domain.check();
        Server server = new Server(folder, domain, new Handling(domain, keys, pairing), pairing);
        server.start();
        log("listening at " + folder.setting("listen"));
    }

    private static boolean known(String[] arguments) {
        return Arrays.stream(arguments).skip(3).allMatch(OPTIONS::contains);
    }

    private static void apply(String[] arguments)
            throws IOException, SealRefusedException, LDAPException {
        List<String> options = Arrays.asList(arguments).subList(3, arguments.length);
        AgentFolder folder = new AgentFolder(Path.of(arguments[1]));
        try (FileLock lock = folder.lock();
                RecipientKeys keys = folder.keys();
                Secret pairing = folder.secret("pairing");
                Domain domain = Domain.of(folder)) {
            SealedFile file = new SealedFile(Path.of(arguments[2]), keys, pairing);
            FileApplication application =
                    new FileApplication(
                            folder, domain, new Handling(domain, keys, pairing), OUT::println);
            boolean whole =
                    options.contains(DRY_RUN)
                            ? application.rehearse(file)
                            : application.apply(file, options.contains(DISABLE_ABSENT));
            if (!whole) {
                System.exit(3);
            }
        }
    }

    static void log(String text) {
        OUT.println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + text);
    }
}
