/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import java.util.Collection;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A positional argument of a command.
 *
 * @param name what stands for it in the usage text: {@code NAME}
 * @param description what it is, as a phrase
 * @param count how often it is given
 * @param candidates values to offer for completion
 */
public record Argument(
        String name,
        String description,
        Count count,
        Supplier<? extends Collection<String>> candidates) {

    /** How often an argument is given. */
    public enum Count {
        /** Once. */
        ONE,
        /** Once or not at all. */
        OPTIONAL,
        /** Once or more. */
        MANY,
        /** Any number of times, or not at all. */
        ANY
    }

    public Argument {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(count, "count");
        Objects.requireNonNull(candidates, "candidates");
    }

    boolean mandatory() {
        return count == Count.ONE || count == Count.MANY;
    }

    boolean repeated() {
        return count == Count.MANY || count == Count.ANY;
    }

    /** As shown in a usage text: {@code [USER...]}. */
    String form() {
        String form = repeated() ? name + "..." : name;
        return mandatory() ? form : "[" + form + "]";
    }
}
