/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import io.passbridge.keys.file.DiskFolder;
import io.passbridge.keys.file.KeySetFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A folder in memory that can fail or "kill the process" before a given step, or in the middle of
 * writing a file. After a kill every further step fails, as it would on a dead process.
 */
public final class FaultyFolder implements KeySetFolder {
    /** The process is dead: nothing may catch this but the test. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** What a kill in the middle of a step leaves. */
    @FunctionalInterface
    private interface Half {
        void happens() throws IOException;
    }

    private final Map<String, byte[]> files;
    private int stepsLeft = Integer.MAX_VALUE;
    private boolean half;
    private IOException failure;
    private boolean dead;
    private int steps;
    private int flipped = -1;
    private boolean lost;

    public FaultyFolder() {
        this(new TreeMap<>());
    }

    private FaultyFolder(Map<String, byte[]> files) {
        this.files = files;
    }

    /** Dies before the step of the given number, from 0; or half-way through it. */
    public void killAt(int step, boolean halfWay) {
        stepsLeft = step;
        half = halfWay;
    }

    /** From the step of the given number on every write fails so. */
    public void failAt(int step, IOException how) {
        stepsLeft = step;
        failure = how;
    }

    /** The next file that is written holds a bit at this place that nobody wrote. */
    public void flipNextAt(int place) {
        flipped = place;
    }

    /** The next file is said to be written, and what was there before stays. */
    public void loseNext() {
        lost = true;
    }

    /** Everything works again. */
    public void mend() {
        stepsLeft = Integer.MAX_VALUE;
        failure = null;
    }

    /** The disk as a new process finds it. */
    public FaultyFolder afterRestart() {
        return new FaultyFolder(new TreeMap<>(files));
    }

    public int steps() {
        return steps;
    }

    public Map<String, byte[]> files() {
        return files;
    }

    private void step(Half halfDone) throws IOException {
        if (dead) {
            throw new Killed();
        }
        steps++;
        if (stepsLeft-- <= 0) {
            if (failure != null) {
                stepsLeft = 0;
                throw failure;
            }
            dead = true;
            if (half) {
                halfDone.happens();
            }
            throw new Killed();
        }
    }

    /**
     * A folder on disk whose steps are counted with the ones here, and that dies with it. If writes
     * fail, files can still be removed, as on a full disk.
     */
    public KeySetFolder onDisk(Path folder) {
        DiskFolder disk = new DiskFolder(folder);
        return new KeySetFolder() {
            @Override
            public Optional<byte[]> read(String name) throws IOException {
                return disk.read(name);
            }

            @Override
            public void create(String name, byte[] content) throws IOException {
                step(() -> disk.create(name, Arrays.copyOf(content, content.length / 2)));
                disk.create(name, content);
            }

            @Override
            public void rename(String from, String to) throws IOException {
                step(() -> disk.rename(from, to));
                disk.rename(from, to);
            }

            @Override
            public void publish(String from, String to) throws IOException {
                step(() -> Files.createLink(folder.resolve(to), folder.resolve(from)));
                disk.publish(from, to);
            }

            @Override
            public void delete(String name) throws IOException {
                if (failure == null) {
                    step(() -> disk.delete(name));
                }
                disk.delete(name);
            }

            @Override
            public String describe(String name) {
                return disk.describe(name);
            }
        };
    }

    @Override
    public Optional<byte[]> read(String name) {
        return Optional.ofNullable(files.get(name)).map(byte[]::clone);
    }

    @Override
    public void create(String name, byte[] content) throws IOException {
        step(() -> files.put(name, Arrays.copyOf(content, content.length / 2)));
        if (lost) {
            lost = false;
            return;
        }
        byte[] stored = content.clone();
        if (flipped >= 0) {
            stored[flipped] ^= 1;
            flipped = -1;
        }
        files.put(name, stored);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        step(() -> files.put(to, files.remove(from)));
        files.put(to, files.remove(from));
    }

    @Override
    public void publish(String from, String to) throws IOException {
        if (files.containsKey(to)) {
            throw new java.nio.file.FileAlreadyExistsException(to);
        }
        step(() -> files.put(to, files.get(from)));
        files.put(to, files.remove(from));
    }

    @Override
    public void delete(String name) throws IOException {
        step(() -> files.remove(name));
        files.remove(name);
    }

    @Override
    public String describe(String name) {
        return "memory/" + name;
    }
}
