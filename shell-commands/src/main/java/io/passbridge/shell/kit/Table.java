/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How records are shown as a table. Immutable. On a screen, columns are chosen by its width: minor
 * ones are left out where there is no room, the last one is wrapped or goes below its row, and what
 * is still too long is shortened in the middle. Elsewhere lines have any length, for other programs
 * to read.
 *
 * @param <R> one row; its record components are the JSON form
 */
public final class Table<R> {
    private static final String GAP = "  ";
    private static final String INDENT = "    ";
    private static final int LEAST_WIDTH = 8;
    private static final Collector<CharSequence, ?, String> LINES =
            Collectors.joining(System.lineSeparator(), "", System.lineSeparator());

    private final List<Column<R>> columns;
    private final String whenEmpty;

    private record Column<R>(
            String heading, Function<R, String> cell, boolean right, boolean minor) {
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
        return with(new Column<>(heading, cell.andThen(Text::of), false, false));
    }

    /** With a column more, of numbers: thousands apart, to the right. */
    public Table<R> number(String heading, Function<R, ?> cell) {
        return with(new Column<>(heading, cell.andThen(Text::number), true, false));
    }

    /** With a column more that a narrow screen goes without; those to the right go first. */
    public Table<R> minor(String heading, Function<R, ?> cell) {
        return with(new Column<>(heading, cell.andThen(Text::of), false, true));
    }

    /** With a column more, of numbers, that a narrow screen goes without. */
    public Table<R> minorNumber(String heading, Function<R, ?> cell) {
        return with(new Column<>(heading, cell.andThen(Text::number), true, true));
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
        int last = columns.size() - 1;
        Layout layout = layout(natural(cells), screen);
        if (layout.below()
                && cells.stream().skip(1).allMatch(line -> line.get(last).equals(Text.NOTHING))) {
            // a heading without anything to say below it
            cells.set(0, withoutLast(cells.get(0)));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            append(text, cells.get(i), layout, i == 0);
        }
        if (!layout.leftOut().isEmpty()) {
            text.append(Text.wrap(leftOut(layout), screen).stream().collect(LINES));
        }
        return text.substring(0, text.length() - System.lineSeparator().length());
    }

    private static List<String> withoutLast(List<String> headings) {
        List<String> blank = new ArrayList<>(headings);
        blank.set(blank.size() - 1, "");
        return blank;
    }

    private String leftOut(Layout layout) {
        return "Not shown for want of room: "
                + layout.leftOut().stream()
                        .map(i -> columns.get(i).heading())
                        .collect(Collectors.joining(", "))
                + "; --wide shows all.";
    }

    private int[] natural(List<List<String>> cells) {
        int[] widths = new int[columns.size()];
        for (List<String> line : cells) {
            for (int i = 0; i < widths.length; i++) {
                int widest = line.get(i).lines().mapToInt(Text::width).max().orElse(0);
                widths[i] = Math.max(widths[i], widest);
            }
        }
        return widths;
    }

    /**
     * What is shown where.
     *
     * @param shown columns in their order
     * @param widths of every column
     * @param below whether the last column goes below its row
     * @param screen columns of the screen, or 0
     */
    private record Layout(
            List<Integer> shown, List<Integer> leftOut, int[] widths, boolean below, int screen) {}

    private Layout layout(int[] natural, int screen) {
        int last = natural.length - 1;
        List<Integer> all = IntStream.range(0, last).boxed().toList();
        int room = screen - GAP.length() - taken(all, natural);
        if (screen == 0 || natural[last] <= room) {
            return new Layout(all, List.of(), natural, false, screen);
        }
        int enough = Math.min(natural[last], Math.max(1, screen / 4));
        List<Integer> shown = fitting(all, natural, screen - GAP.length() - enough);
        int[] widths = natural.clone();
        boolean below = screen - GAP.length() - taken(shown, natural) < enough;
        if (below) {
            shown = fitting(all, natural, screen);
            shorten(shown, widths, screen);
        } else {
            widths[last] = screen - GAP.length() - taken(shown, natural);
        }
        List<Integer> leftOut = new ArrayList<>(all);
        leftOut.removeAll(shown);
        return new Layout(shown, leftOut, widths, below, screen);
    }

    /** The columns without as many of the minor ones as is needed. */
    private List<Integer> fitting(List<Integer> all, int[] widths, int room) {
        List<Integer> shown = new ArrayList<>(all);
        for (int i = shown.size() - 1; i >= 0 && taken(shown, widths) > room; i--) {
            if (columns.get(shown.get(i)).minor()) {
                shown.remove(i);
            }
        }
        return shown;
    }

    private static int taken(List<Integer> shown, int[] widths) {
        int gaps = GAP.length() * Math.max(0, shown.size() - 1);
        return shown.stream().mapToInt(i -> widths[i]).sum() + gaps;
    }

    private static void shorten(List<Integer> shown, int[] widths, int screen) {
        while (taken(shown, widths) > screen) {
            int widest = shown.get(0);
            for (int i : shown) {
                widest = widths[i] >= widths[widest] ? i : widest;
            }
            if (widths[widest] <= LEAST_WIDTH) {
                return;
            }
            widths[widest]--;
        }
    }

    private void append(StringBuilder text, List<String> line, Layout layout, boolean heading) {
        int last = columns.size() - 1;
        List<List<String>> parts = new ArrayList<>();
        int height = 1;
        for (int i : layout.shown()) {
            List<String> part =
                    line.get(i).lines().map(l -> Text.shorten(l, layout.widths()[i])).toList();
            parts.add(part);
            height = Math.max(height, part.size());
        }
        List<String> prose =
                Text.wrap(
                        line.get(last),
                        layout.below()
                                ? Math.max(1, layout.screen() - INDENT.length())
                                : Math.max(1, layout.widths()[last]));
        height = layout.below() ? height : Math.max(height, prose.size());
        for (int row = 0; row < height; row++) {
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < parts.size(); i++) {
                int column = layout.shown().get(i);
                String part = row < parts.get(i).size() ? parts.get(i).get(row) : "";
                out.append(i == 0 ? "" : GAP)
                        .append(columns.get(column).pad(part, layout.widths()[column]));
            }
            if (!layout.below() && row < prose.size()) {
                out.append(parts.isEmpty() ? "" : GAP)
                        .append(columns.get(last).pad(prose.get(row), layout.widths()[last]));
            }
            text.append(out.toString().stripTrailing()).append(System.lineSeparator());
        }
        if (layout.below() && !line.get(last).equals(heading ? "" : Text.NOTHING)) {
            prose.forEach(
                    p -> text.append((INDENT + p).stripTrailing()).append(System.lineSeparator()));
        }
    }
}
