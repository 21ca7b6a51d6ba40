/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.demo;

import io.passbridge.launcher.client.ExecClient;
import io.passbridge.launcher.client.InteractiveShell;
import io.passbridge.launcher.platform.Home;
import io.passbridge.launcher.platform.LaunchException;
import io.passbridge.launcher.platform.Platform;
import io.passbridge.launcher.platform.StopOnSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Synchronises a made-up directory to the cloud directory, signs people in there, changes a
 * password at the source and sees it arrive. Every claim that is printed has been checked; one that
 * does not hold ends the demonstration with status 2.
 */
public final class Demo {
    private static final String ROUTE = "sample_cloud";
    private static final int PEOPLE = 10_000;

    private final DemoFolder folder;
    private final Story story = new Story(System.out);
    private final Probe platform;

    private Demo(DemoFolder folder, Probe platform) {
        this.folder = folder;
        this.platform = platform;
    }

    /** Runs the demonstration in a new folder, or in the one that is given. */
    public static int run(Home distribution, List<String> words)
            throws LaunchException, IOException, InterruptedException {
        if (words.size() > 1 || !words.isEmpty() && words.get(0).startsWith("-")) {
            throw LaunchException.usage("usage: passbridge demo [FOLDER]");
        }
        DemoFolder folder =
                words.isEmpty()
                        ? DemoFolder.temporary(distribution)
                        : DemoFolder.at(Path.of(words.get(0)).toAbsolutePath(), distribution);
        return new Demo(folder, new Probe(folder.home())).play();
    }

    private int play() throws LaunchException, IOException, InterruptedException {
        boolean interactive = InteractiveShell.possible();
        story.title("A made-up directory of 10,000 people");
        folder.generatePeople(PEOPLE);
        story.done(folder.people().toString());

        story.title("The platform, configured to bring it to the embedded cloud directory");
        folder.configure();
        try (Platform running = Platform.start(folder.home())) {
            StopOnSignal.register(running);
            story.done("ready");

            initialCycle();
            SignIn cloud = new SignIn(folder.signInAddress());
            signIns(cloud);
            change(cloud);
            story.epilogue(folder, cloud.address(), interactive);
            if (interactive) {
                InteractiveShell.attend(folder.home(), running);
            }
        }
        return 0;
    }

    private void initialCycle() throws LaunchException, IOException, InterruptedException {
        story.title("The initial cycle: every password hash is read, digested (pph1) and written");
        platform.await("sync:status", out -> out.contains("\"" + ROUTE + "\""));
        new ExecClient(folder.home()).watch("sync:run " + ROUTE);
        Probe.Cycle cycle = Probe.firstCycle(platform.output("sync:history"));
        story.check(cycle.written() >= PEOPLE, cycle.inWords());
    }

    private void signIns(SignIn cloud) throws LaunchException, IOException, InterruptedException {
        story.title("Signing in there, at " + cloud.address());
        story.check(
                cloud.accepts("erin", "Sunny-Harbour-41"),
                "erin signs in with the password of the directory, which keeps her NT hash");
        story.check(
                cloud.accepts("frank", "Golden-Orchard-12"),
                "frank signs in with his, of which it keeps a salted SHA-512");
        story.check(
                cloud.refuses("erin", "Sunny-Harbour-42"), "erin with a wrong password is refused");
        story.check(
                cloud.refuses("ivan", "Frozen-River-55"),
                "ivan, whose account is disabled in the directory, is refused");
    }

    private void change(SignIn cloud) throws LaunchException, IOException, InterruptedException {
        story.title("erin changes her password in the directory");
        long before = Probe.largest("id", platform.output("sync:history"));
        folder.append("erin-1.ldif");
        platform.await(
                "sync:history",
                out -> Probe.largest("id", out) > before && Probe.newest("applied", out) == 1);
        boolean arrived = cloud.accepts("erin", "Misty-Harbour-42");
        story.done("read, digested and written");
        story.check(arrived, "erin signs in with the new password");
        story.check(
                cloud.refuses("erin", "Sunny-Harbour-41"),
                "her old password is refused from now on");
    }
}
