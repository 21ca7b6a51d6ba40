/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.monitoring.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorTest {
    private final Door door = new Door(names("bridge.example.org, other.example.org"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8490",
                "127.0.0.1:8490",
                "[::1]:8490",
                "[::1]",
                "bridge.example.org:443",
                "other.example.org"
            })
    void ownName_isLetIn(String host) {
        assertThat(door.isOwn(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":8490",
                "evil.example",
                "localhost.evil.example",
                "localhost:8490.evil.example",
                "127.0.0.2:8490",
                "::1"
            })
    void anotherName_isNot(String host) {
        assertThat(door.isOwn(host)).isFalse();
    }

    @Test
    void requestWithoutName_isNot() {
        assertThat(door.isOwn(null)).isFalse();
        assertThat(new Door(names("")).isOwn("")).isFalse();
    }

    private static Door.Names names(String names) {
        return new Door.Names() {
            @Override
            public String names() {
                return names;
            }

            @Override
            public String host() {
                return "127.0.0.1";
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return Door.Names.class;
            }
        };
    }
}
