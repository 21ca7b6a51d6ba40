/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import java.util.Collection;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * An option of a command.
 *
 * @param name with its dashes: {@code --status}
 * @param value what stands for its value in the usage text, or empty for a flag
 * @param description what it does, as a phrase
 * @param candidates values to offer for completion
 */
public record Option(
        String name,
        String value,
        String description,
        Supplier<? extends Collection<String>> candidates) {

    public Option {
        if (!name.matches("--[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException("option '" + name + "' is not of the form --name");
        }
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(candidates, "candidates");
    }

    /** Whether it stands alone. */
    public boolean flag() {
        return value.isEmpty();
    }

    /** As shown in a usage text: {@code --status STATUS}. */
    String form() {
        return flag() ? name : name + " " + value;
    }
}
