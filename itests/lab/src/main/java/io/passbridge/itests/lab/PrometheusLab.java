/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A throw-away Prometheus on loopback that scrapes one target each second. */
public final class PrometheusLab implements AutoCloseable {
    private static final Path SERVER = Path.of("/usr/bin/prometheus");
    private static final Path TOOL = Path.of("/usr/bin/promtool");

    private final Path folder;
    private final int port;
    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();

    private PrometheusLab(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** Whether one can be made here: it needs Debian's package of that name. */
    public static boolean possible() {
        return Files.isExecutable(SERVER) && Files.isExecutable(TOOL);
    }

    /**
     * Starts one; whether it is ready shows when it answers.
     *
     * @param target port on 127.0.0.1 to be scraped, as the job {@code passbridge}
     * @param rules file of alert rules
     */
    public static PrometheusLab start(int target, Path rules) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path folder = Files.createTempDirectory("pb-prometheus");
        Path settings = folder.resolve("prometheus.yml");
        Files.write(
                settings,
                List.of(
                        "global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval:"
                                + " 1s}",
                        "rule_files: ['" + rules + "']",
                        "scrape_configs:",
                        "  - job_name: passbridge",
                        "    static_configs: [{targets: ['127.0.0.1:" + target + "']}]"));
        Process process =
                new ProcessBuilder(
                                SERVER.toString(),
                                "--config.file=" + settings,
                                "--storage.tsdb.path=" + folder.resolve("data"),
                                "--web.listen-address=127.0.0.1:" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        return new PrometheusLab(folder, port, process);
    }

    /** What it answers to a query, as JSON; its trouble in words if it does not answer. */
    public String query(String expression) throws InterruptedException {
        return get("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    }

    /** What it answers below {@code /api/v1/}, as JSON; its trouble in words if it does not. */
    public String get(String path) throws InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/" + path);
        try {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Runs promtool; fails if it finds fault, with what it said. */
    public static String promtool(String input, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(TOOL.toString());
        builder.command().addAll(List.of(arguments));
        return LabCommand.run(builder, input);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        LabCommand.run(new ProcessBuilder("rm", "-r", folder.toString()), "");
    }
}
