/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Attacks the sign-in server of an embedded directory with clients that send a byte every two
 * seconds, in the head or in the body of a request, and come again when they are cut off; meanwhile
 * it signs in once a second, each time over a connection of its own, and says how long that took.
 *
 * <pre>
 * bin/passbridge demo                                    # in another terminal: says the address
 * java itests/SlowClients.java URL LOGIN PASSWORD [CLIENTS [SECONDS]]
 * </pre>
 *
 * <p>Ends with 0 if every sign-in was answered with 200 within a second, else with 1.
 */
public final class SlowClients {
    private static final String HEAD = "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ";
    private static final String BODY =
            "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 4000\r\n\r\n{";

    private final URI url;
    private final Socket[] clients;
    private int cutOff;

    private SlowClients(URI url, int clients) {
        this.url = url;
        this.clients = new Socket[clients];
    }

    public static void main(String[] arguments) throws Exception {
        URI url = URI.create(arguments[0]);
        int clients = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1_000;
        int seconds = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 60;
        SlowClients attack = new SlowClients(url, clients);
        attack.round();
        Thread dribble = new Thread(attack::dribble);
        dribble.setDaemon(true);
        dribble.start();
        System.exit(signIns(url, arguments[1], arguments[2], seconds, attack) ? 0 : 1);
    }

    private void dribble() {
        try {
            while (true) {
                Thread.sleep(2_000);
                round();
            }
        } catch (InterruptedException e) {
            // the end
        }
    }

    /** A byte from each. */
    private void round() {
        for (int i = 0; i < clients.length; i++) {
            try {
                if (clients[i] == null) {
                    clients[i] = new Socket(url.getHost(), url.getPort());
                    clients[i].getOutputStream()
                            .write((i % 2 == 0 ? HEAD : BODY).getBytes(StandardCharsets.US_ASCII));
                }
                clients[i].getOutputStream().write('x');
            } catch (IOException e) {
                cutOff++;
                clients[i] = null;
            }
        }
    }

    private static boolean signIns(
            URI url, String login, String password, int seconds, SlowClients attack)
            throws InterruptedException {
        List<Long> millis = new ArrayList<>();
        int failed = 0;
        for (int i = 0; i < seconds; i++) {
            HttpRequest request =
                    HttpRequest.newBuilder(url)
                            .header("Content-Type", "application/json")
                            .timeout(Duration.ofSeconds(10))
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            "{\"login\":\"%s\",\"password\":\"%s\"}"
                                                    .formatted(login, password)))
                            .build();
            long start = System.nanoTime();
            try {
                int status =
                        HttpClient.newHttpClient()
                                .send(request, HttpResponse.BodyHandlers.ofString())
                                .statusCode();
                failed += status == 200 ? 0 : 1;
            } catch (IOException e) {
                failed++;
            }
            millis.add((System.nanoTime() - start) / 1_000_000);
            Thread.sleep(1_000);
        }
        Collections.sort(millis);
        long longest = millis.get(millis.size() - 1);
        System.out.printf(
                "%d slow clients, cut off %d times: %d sign-ins, %d failed, half within %d ms,"
                        + " all within %d ms%n",
                attack.clients.length,
                attack.cutOff,
                millis.size(),
                failed,
                millis.get(millis.size() / 2),
                longest);
        return failed == 0 && longest < 1_000;
    }
}
