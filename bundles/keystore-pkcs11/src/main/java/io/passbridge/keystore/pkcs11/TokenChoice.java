/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.pkcs11;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Which of a library's tokens is meant: by its label, by its slot, or the only one there is.
 *
 * @param label empty if it does not matter
 * @param slot empty if it does not matter
 */
record TokenChoice(String label, OptionalLong slot) {
    static TokenChoice of(String label, String slot) {
        if (slot.isEmpty()) {
            return new TokenChoice(label, OptionalLong.empty());
        }
        try {
            return new TokenChoice(
                    label,
                    OptionalLong.of(
                            slot.startsWith("0x")
                                    ? Long.parseUnsignedLong(slot.substring(2), 16)
                                    : Long.parseUnsignedLong(slot)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + slot + "' is no slot id; 7 and 0x7 are", e);
        }
    }

    /** The slot of the one token that is meant. */
    long find(List<TokenList.Entry> tokens) throws AbsentException {
        List<TokenList.Entry> meant =
                tokens.stream()
                        .filter(token -> label.isEmpty() || token.label().equals(label))
                        .filter(token -> slot.isEmpty() || token.slot() == slot.getAsLong())
                        .toList();
        if (meant.size() == 1) {
            return meant.get(0).slot();
        }
        String there =
                tokens.isEmpty()
                        ? "there is none"
                        : "there are: "
                                + tokens.stream()
                                        .map(TokenList.Entry::toString)
                                        .collect(Collectors.joining(", "));
        throw new AbsentException(
                meant.isEmpty() ? there : "several fit, name one by tokenLabel or slot; " + there);
    }

    @Override
    public String toString() {
        if (label.isEmpty() && slot.isEmpty()) {
            return "the token";
        }
        return "the token"
                + (label.isEmpty() ? "" : " '" + label + "'")
                + (slot.isPresent() ? " in slot " + Long.toUnsignedString(slot.getAsLong()) : "");
    }
}
