/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.completion;

import io.passbridge.shell.kit.Command;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the console of Apache Karaf, which takes Gogo's commands by their names and knows
 * nothing of their options and arguments. Elsewhere none comes, and nothing happens: only {@link
 * KarafWords} names types of Karaf.
 */
@Component(service = {})
public final class KarafConsole {
    private static final Logger LOG = LoggerFactory.getLogger(KarafConsole.class);
    private static final String CONSOLE = "org.apache.karaf.shell.api.console.SessionFactory";

    private final List<Command> commands = new CopyOnWriteArrayList<>();
    private final ServiceTracker<Object, Runnable> consoles;

    @Activate
    public KarafConsole(BundleContext context) {
        consoles =
                new ServiceTracker<>(context, CONSOLE, null) {
                    @Override
                    public Runnable addingService(ServiceReference<Object> console) {
                        return complete(context.getService(console));
                    }

                    @Override
                    public void removedService(
                            ServiceReference<Object> console, Runnable withdrawal) {
                        withdrawal.run();
                        context.ungetService(console);
                    }
                };
        consoles.open();
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(!(osgi.command.function=complete))")
    void bindCommand(Command command) {
        commands.add(command);
    }

    void unbindCommand(Command command) {
        commands.remove(command);
    }

    @Deactivate
    void close() {
        consoles.close();
    }

    private Runnable complete(Object console) {
        try {
            return KarafWords.register(console, commands);
        } catch (NoClassDefFoundError e) {
            LOG.warn(
                    "This Karaf has another console than 4.4, which completes no arguments: {}", e);
            return () -> {};
        }
    }
}
