/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.samba.agent;

import io.passbridge.connector.samba.wire.Message;
import io.passbridge.credential.Secret;
import io.passbridge.hash.sealed.OpenedParcel;
import io.passbridge.hash.sealed.RecipientKeys;
import io.passbridge.hash.sealed.SealRefusedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * A file of {@code sync:export-sealed}: docs/formats/sealed-file.md. It is believed as a whole or
 * not at all: {@link #check} opens every line before anybody uses one.
 */
final class SealedFile {
    private final Path path;
    private final RecipientKeys keys;
    private final Secret pairing;

    /** Takes nothing over. */
    SealedFile(Path path, RecipientKeys keys, Secret pairing) {
        this.path = path;
        this.keys = keys;
        this.pairing = pairing;
    }

    /**
     * What a file says of itself.
     *
     * @param at when it was begun, in milliseconds since 1970
     * @param people how many are in it
     */
    record Head(String export, String route, String source, long at, long people) {}

    /** What is done with somebody of the file. */
    @FunctionalInterface
    interface Use<E extends Exception> {
        void of(Message person) throws E;
    }

    /**
     * Opens all of it.
     *
     * @throws SealRefusedException if anything was changed, moved, left out or cut, or it is for
     *     another recipient or of a sender that is not paired
     */
    Head check() throws IOException, SealRefusedException {
        return each(person -> {});
    }

    /** Opens all of it and gives everybody in their order. */
    <E extends Exception> Head each(Use<E> use) throws IOException, SealRefusedException, E {
        try (BufferedReader in = Files.newBufferedReader(path, StandardCharsets.US_ASCII)) {
            OpenedParcel parcel = keys.openParcel(pairing, next(in));
            Message head = message(parcel, in, fields -> !fields.text("export").isEmpty());
            long people = 0;
            Message person = message(parcel, in, fields -> true);
            while (!parcel.ended()) {
                use.of(person);
                people++;
                person = message(parcel, in, fields -> true);
            }
            if (in.readLine() != null || !person.text("people").equals("" + people)) {
                throw new SealRefusedException("its last line does not fit to the others");
            }
            return new Head(
                    head.text("export"),
                    head.text("route"),
                    head.text("source"),
                    Long.parseLong(head.text("at")),
                    people);
        } catch (NumberFormatException e) {
            throw new SealRefusedException("its first lines are not of the form");
        }
    }

    private static Message message(OpenedParcel parcel, BufferedReader in, Predicate<Message> fits)
            throws IOException, SealRefusedException {
        return Message.ofForm(parcel.next(next(in)))
                .filter(fits)
                .orElseThrow(() -> new SealRefusedException("a line is not of the form"));
    }

    private static String next(BufferedReader in) throws IOException, SealRefusedException {
        String line = in.readLine();
        if (line == null) {
            throw new SealRefusedException("it is cut");
        }
        return line;
    }
}
