/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * How records are shown as a table. Immutable. On a screen, cells are wrapped so that no line is
 * longer than the screen is wide; elsewhere lines have any length, for other programs to read.
 *
 * @param <R> one row; its record components are the JSON form
 */
public final class Table<R> {
    private static final String GAP = "  ";
    private static final int LEAST_WIDTH = 8;

    private final List<Column<R>> columns;
    private final String whenEmpty;

    private record Column<R>(String heading, Function<R, String> cell, boolean right) {
        String pad(String text, int width) {
            return right ? Text.padLeft(text, width) : Text.padRight(text, width);
        }
    }

    private Table(List<Column<R>> columns, String whenEmpty) {
        this.columns = columns;
        this.whenEmpty = whenEmpty;
    }

    /**
     * A table without columns.
     *
     * @param whenEmpty what is printed in place of a table without rows, as a sentence that tells
     *     what to do next
     */
    public static <R> Table<R> of(Class<R> row, String whenEmpty) {
        return new Table<>(List.of(), whenEmpty);
    }

    /** With a column more: text, moments, lengths of time, constants, yes and no. */
    public Table<R> column(String heading, Function<R, ?> cell) {
        return with(new Column<>(heading, cell.andThen(Text::of), false));
    }

    /** With a column more, of numbers: thousands apart, to the right. */
    public Table<R> number(String heading, Function<R, ?> cell) {
        return with(new Column<>(heading, cell.andThen(Text::number), true));
    }

    private Table<R> with(Column<R> column) {
        List<Column<R>> more = new ArrayList<>(columns);
        more.add(column);
        return new Table<>(List.copyOf(more), whenEmpty);
    }

    /**
     * The table as text, without a line feed at the end.
     *
     * @param screen columns of the screen, or 0 for no limit
     */
    String render(List<? extends R> rows, int screen) {
        if (rows.isEmpty()) {
            return whenEmpty;
        }
        List<List<String>> cells = new ArrayList<>();
        cells.add(columns.stream().map(Column::heading).toList());
        for (R row : rows) {
            cells.add(columns.stream().map(column -> column.cell().apply(row)).toList());
        }
        int[] widths = widths(cells, screen);
        StringBuilder text = new StringBuilder();
        for (List<String> line : cells) {
            append(text, line, widths);
        }
        return text.substring(0, text.length() - System.lineSeparator().length());
    }

    private int[] widths(List<List<String>> cells, int screen) {
        int[] widths = new int[columns.size()];
        for (List<String> line : cells) {
            for (int i = 0; i < widths.length; i++) {
                int widest = line.get(i).lines().mapToInt(Text::width).max().orElse(0);
                widths[i] = Math.max(widths[i], widest);
            }
        }
        int room = screen - GAP.length() * (widths.length - 1);
        while (screen > 0 && Arrays.stream(widths).sum() > room) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] >= widths[widest] ? i : widest;
            }
            if (widths[widest] <= LEAST_WIDTH) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private void append(StringBuilder text, List<String> line, int[] widths) {
        List<List<String>> wrapped = new ArrayList<>();
        int height = 1;
        for (int i = 0; i < widths.length; i++) {
            List<String> cell = Text.wrap(line.get(i), Math.max(1, widths[i]));
            wrapped.add(cell);
            height = Math.max(height, cell.size());
        }
        for (int row = 0; row < height; row++) {
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                List<String> cell = wrapped.get(i);
                String part = row < cell.size() ? cell.get(row) : "";
                out.append(i == 0 ? "" : GAP).append(columns.get(i).pad(part, widths[i]));
            }
            text.append(out.toString().stripTrailing()).append(System.lineSeparator());
        }
    }
}
