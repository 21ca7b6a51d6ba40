/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.signin;

import io.passbridge.connector.directory.signin.Connections.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Clock;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.bootstrap.AsyncServerBootstrap;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.nio.support.BasicServerExchangeHandler;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers sign-ins over HTTP on the loopback address. A request gets a thread when it is complete,
 * so that slow clients cost memory and nothing else. Ends with {@link #close}.
 */
public final class SignInServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SignInServer.class);
    private static final int CONNECTIONS = 1_024;
    private static final int THREADS = 8;
    private static final int WAITING = 128;

    private final SignInResource resource;
    private final Connections connections;
    private final ScheduledFuture<?> sweep;
    private final ThreadPoolExecutor threads;
    private final HttpAsyncServer server;
    private final int port;

    /**
     * @param port 0 for a free one
     * @param watch breaks off requests that take too long
     */
    public SignInServer(
            SignIn signIn, String instance, int port, ScheduledExecutorService watch, Clock clock)
            throws IOException {
        resource = new SignInResource(signIn);
        connections = new Connections(CONNECTIONS, clock);
        threads = threads(instance);
        server =
                AsyncServerBootstrap.bootstrap()
                        .setIOReactorConfig(
                                IOReactorConfig.custom()
                                        .setIoThreadCount(2)
                                        .setBacklogSize(CONNECTIONS)
                                        .setTcpNoDelay(true)
                                        .build())
                        .setHttp1Config(
                                Http1Config.custom()
                                        .setBufferSize(2_048)
                                        .setMaxLineLength(2_048)
                                        .setMaxHeaderCount(24)
                                        .build())
                        .setIOSessionListener(new ConnectionListener(connections))
                        .setExceptionCallback(SignInServer::clientWentAway)
                        .setRequestRouter(
                                (request, context) ->
                                        () -> new BasicServerExchangeHandler<>(new Handler()))
                        .create();
        server.start();
        this.port = listen(port);
        sweep = watch.scheduleWithFixedDelay(connections::closeOverdue, 1, 1, TimeUnit.SECONDS);
    }

    private static ThreadPoolExecutor threads(String instance) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        30,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING),
                        task -> {
                            String name = "sign-in-" + instance + "-" + number.incrementAndGet();
                            Thread thread = new Thread(task, name);
                            thread.setDaemon(true);
                            return thread;
                        });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private int listen(int wanted) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try {
            SocketAddress address =
                    server.listen(new InetSocketAddress(loopback, wanted), URIScheme.HTTP)
                            .get()
                            .getAddress();
            return ((InetSocketAddress) address).getPort();
        } catch (ExecutionException e) {
            stop();
            throw new IOException(e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
            throw new IOException("interrupted", e);
        }
    }

    private static void clientWentAway(Exception e) {
        LOG.debug("a client of the cloud directory went away: {}", e.getMessage());
    }

    /** Where sign-ins are answered. */
    public String url() {
        return "http://127.0.0.1:" + port + SignInResource.PATH;
    }

    private final class Handler implements AsyncServerRequestHandler<Message<HttpRequest, byte[]>> {
        @Override
        public AsyncRequestConsumer<Message<HttpRequest, byte[]>> prepare(
                HttpRequest request, EntityDetails entity, HttpContext context) {
            connections.enter(client(context), Phase.BODY);
            return new BasicRequestConsumer<>(entity == null ? null : new RequestBody());
        }

        @Override
        public void handle(
                Message<HttpRequest, byte[]> request, ResponseTrigger response, HttpContext context)
                throws HttpException, IOException {
            connections.enter(client(context), Phase.ANSWER);
            try {
                threads.execute(() -> answer(request, response, context));
            } catch (RejectedExecutionException e) {
                send(Reply.BUSY, response, context);
            }
        }
    }

    private void answer(
            Message<HttpRequest, byte[]> request,
            AsyncServerRequestHandler.ResponseTrigger response,
            HttpContext context) {
        byte[] body = request.getBody() == null ? new byte[0] : request.getBody();
        InetAddress peer = ((InetSocketAddress) client(context)).getAddress();
        try {
            send(resource.answer(request.getHead(), body, peer), response, context);
        } catch (HttpException | IOException e) {
            clientWentAway(e);
        }
    }

    private void send(
            Reply reply, AsyncServerRequestHandler.ResponseTrigger response, HttpContext context)
            throws HttpException, IOException {
        connections.enter(client(context), Phase.HEAD); // of the next request
        response.submitResponse(reply.message(), context);
    }

    private static SocketAddress client(HttpContext context) {
        return HttpCoreContext.cast(context).getEndpointDetails().getRemoteAddress();
    }

    @Override
    public void close() {
        sweep.cancel(false);
        stop();
    }

    private void stop() {
        server.close(CloseMode.IMMEDIATE);
        threads.shutdownNow();
        try {
            server.awaitShutdown(TimeValue.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
