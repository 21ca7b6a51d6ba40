/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jline.utils.WCWidth;

/** Text for a screen. */
final class Text {
    /** Stands for nothing. */
    static final String NOTHING = "-";

    private static final String ELLIPSIS = "…";

    private Text() {}

    /** A value as people read it; nothing and an empty text are a dash. */
    static String of(Object value) {
        if (value == null) {
            return NOTHING;
        }
        if (value instanceof Optional<?> optional) {
            return of(optional.orElse(null));
        }
        if (value instanceof Instant moment) {
            return Times.show(moment);
        }
        if (value instanceof Duration length) {
            return Times.show(length);
        }
        if (value instanceof Boolean yes) {
            return yes ? "yes" : "no";
        }
        if (value instanceof Enum<?> constant) {
            return Json.name(constant);
        }
        if (value instanceof Collection<?> several) {
            return several.isEmpty()
                    ? NOTHING
                    : several.stream().map(Text::of).collect(Collectors.joining(", "));
        }
        String text = visible(String.valueOf(value));
        return text.isEmpty() ? NOTHING : text;
    }

    /** A number with its thousands apart: {@code 10,000}. */
    static String number(Object value) {
        if (value instanceof Long || value instanceof Integer) {
            return String.format(java.util.Locale.ROOT, "%,d", value);
        }
        return of(value);
    }

    /**
     * The text without control characters, which could rewrite a screen: names come from other
     * systems. Line feeds stay.
     */
    static String visible(String text) {
        if (text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n')) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.chars()
                .forEach(
                        c -> {
                            if (Character.isISOControl(c) && c != '\n') {
                                shown.append(String.format("\\x%02x", c));
                            } else {
                                shown.append((char) c);
                            }
                        });
        return shown.toString();
    }

    /** Columns that the text takes on a screen. */
    static int width(String text) {
        return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
    }

    static String padRight(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    static String padLeft(String text, int width) {
        return " ".repeat(Math.max(0, width - width(text))) + text;
    }

    /** The text, cut in the middle if it is too wide: names differ at their ends. */
    static String shorten(String text, int width) {
        if (width(text) <= width) {
            return text;
        }
        if (width <= 1) {
            return width < 1 ? "" : ELLIPSIS;
        }
        int[] points = text.codePoints().toArray();
        int head = width / 2;
        int tail = width - 1 - head;
        StringBuilder start = new StringBuilder();
        int used = 0;
        for (int i = 0; i < points.length; i++) {
            used += Math.max(0, WCWidth.wcwidth(points[i]));
            if (used > head) {
                break;
            }
            start.appendCodePoint(points[i]);
        }
        StringBuilder end = new StringBuilder();
        used = 0;
        for (int i = points.length - 1; i >= 0; i--) {
            used += Math.max(0, WCWidth.wcwidth(points[i]));
            if (used > tail) {
                break;
            }
            end.insert(0, Character.toString(points[i]));
        }
        return start + ELLIPSIS + end;
    }

    /**
     * The text with its lines broken at spaces; a longer word, such as a path, stays whole.
     *
     * @param screen columns, or 0 for no limit
     */
    static String fold(String text, int screen) {
        if (screen == 0) {
            return text;
        }
        return text.lines()
                .flatMap(line -> fold(List.of(line.split(" ")), screen, "").stream())
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** Words in lines of at most so many columns; those after the first are indented. */
    static List<String> fold(List<String> words, int screen, String indent) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        boolean first = true;
        for (String word : words) {
            if (!line.toString().isBlank() && width(line + " " + word) > screen) {
                lines.add(line.toString());
                line = new StringBuilder(indent).append(word);
            } else {
                line.append(first ? "" : " ").append(word);
            }
            first = false;
        }
        lines.add(line.toString());
        return lines;
    }

    /** Breaks a text into lines, at spaces where possible. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\n", -1)) {
            wrapParagraph(paragraph, width, lines);
        }
        return lines;
    }

    private static void wrapParagraph(String paragraph, int width, List<String> lines) {
        String rest = paragraph;
        while (width(rest) > width) {
            int fits = 0;
            int columns = 0;
            while (true) {
                int codePoint = rest.codePointAt(fits);
                columns += Math.max(0, WCWidth.wcwidth(codePoint));
                if (columns > width) {
                    break;
                }
                fits += Character.charCount(codePoint);
            }
            fits = Math.max(fits, Character.charCount(rest.codePointAt(0)));
            int space = rest.charAt(fits) == ' ' ? fits : rest.lastIndexOf(' ', fits - 1);
            int end = space > 0 ? space : fits;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
    }
}
