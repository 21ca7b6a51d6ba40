/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys;

/**
 * What a sealed value belongs to. A value opens only under the binding it was sealed with; whoever
 * opens it computes the binding anew and never reads it from beside the value.
 *
 * @param purpose what kind of secret: {@code account}
 * @param owner whose: {@code connector corp}
 * @param field which: {@code secret}
 */
public record Binding(String purpose, String owner, String field) {
    public Binding {
        if (purpose.isBlank() || owner.isBlank() || field.isBlank()) {
            throw new IllegalArgumentException("a binding needs purpose, owner and field");
        }
    }
}
