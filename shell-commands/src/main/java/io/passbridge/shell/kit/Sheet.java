/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How one record is shown as a sheet of labelled lines. Immutable.
 *
 * @param <R> the record; its components are the JSON form
 */
public final class Sheet<R> {
    private static final int LEAST_WIDTH = 20;

    private final List<Line<R>> lines;

    /**
     * @param value empty where the line is left out
     */
    private record Line<R>(String label, Function<R, Optional<String>> value) {}

    private Sheet(List<Line<R>> lines) {
        this.lines = lines;
    }

    /** A sheet without lines. */
    public static <R> Sheet<R> of(Class<R> record) {
        return new Sheet<>(List.of());
    }

    /** With a line more. */
    public Sheet<R> line(String label, Function<R, ?> value) {
        return with(new Line<>(label, value.andThen(Text::of).andThen(Optional::of)));
    }

    /** With a line more, where there is something to tell. */
    public Sheet<R> lineIfAny(String label, Function<R, ? extends Optional<?>> value) {
        return with(new Line<>(label, record -> value.apply(record).map(Text::of)));
    }

    /** With a line more, of a number: thousands apart. */
    public Sheet<R> number(String label, Function<R, ?> value) {
        return with(new Line<>(label, value.andThen(Text::number).andThen(Optional::of)));
    }

    private Sheet<R> with(Line<R> line) {
        List<Line<R>> more = new ArrayList<>(lines);
        more.add(line);
        return new Sheet<>(List.copyOf(more));
    }

    String render(R record, int screen) {
        int left = lines.stream().mapToInt(line -> Text.width(line.label())).max().orElse(0) + 2;
        int right = screen == 0 ? Integer.MAX_VALUE : Math.max(LEAST_WIDTH, screen - left);
        List<String> text = new ArrayList<>();
        for (Line<R> line : lines) {
            Optional<String> value = line.value().apply(record);
            if (value.isEmpty()) {
                continue;
            }
            String label = line.label();
            for (String part : Text.wrap(value.get(), right)) {
                text.add((Text.padRight(label, left) + part).stripTrailing());
                label = "";
            }
        }
        return String.join(System.lineSeparator(), text);
    }
}
