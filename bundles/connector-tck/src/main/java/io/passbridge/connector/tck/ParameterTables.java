/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import io.passbridge.connector.AllowedValues;
import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tables in pages of Markdown whose first column is headed 'parameter'. A second column headed
 * 'type' says for which of several connector types a row is.
 */
public final class ParameterTables {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private final List<List<Row>> pages;

    /** Cells of one row; the type is empty if the table does not tell one. */
    private record Row(List<String> names, String type, String text) {}

    private ParameterTables(List<List<Row>> pages) {
        this.pages = pages;
    }

    /**
     * @param files the connector's own page first, then pages of others with what they share
     */
    public static ParameterTables read(List<Path> files) throws IOException {
        List<List<Row>> pages = new ArrayList<>();
        for (Path file : files) {
            pages.add(rows(file));
        }
        return new ParameterTables(pages);
    }

    private static List<Row> rows(Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        boolean inside = false;
        boolean types = false;
        for (String line : Files.readAllLines(file)) {
            List<String> cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
            if (!line.startsWith("|") || cells.size() < 3) {
                inside = false;
            } else if (cells.get(1).equals("parameter")) {
                inside = true;
                types = cells.get(2).equals("type");
            } else if (inside && !cells.get(1).startsWith("---")) {
                rows.add(new Row(code(cells.get(1)).toList(), types ? cells.get(2) : "", line));
            }
        }
        return rows;
    }

    private static Stream<String> code(String text) {
        return CODE.matcher(text).results().map((MatchResult found) -> found.group(1));
    }

    /** What the tables and a descriptor do not agree about. */
    public List<String> faults(ConnectorDescriptor descriptor) {
        List<String> faults = new ArrayList<>();
        for (Parameter parameter : descriptor.parameters()) {
            List<Row> found =
                    pages.stream()
                            .map(rows -> rowsOf(parameter, descriptor, rows))
                            .filter(rows -> !rows.isEmpty())
                            .findFirst()
                            .orElse(List.of());
            if (found.size() != 1) {
                faults.add(parameter.name() + " has " + found.size() + " rows");
            } else {
                missing(parameter, found.get(0).text())
                        .forEach(word -> faults.add(parameter.name() + " lacks '" + word + "'"));
            }
        }
        List<String> known = descriptor.parameters().stream().map(Parameter::name).toList();
        pages.get(0).stream()
                .filter(row -> isFor(row, descriptor.type()))
                .flatMap(row -> row.names().stream())
                .filter(name -> !known.contains(name))
                .forEach(name -> faults.add(name + " is not a parameter"));
        return faults;
    }

    private static List<Row> rowsOf(
            Parameter parameter, ConnectorDescriptor descriptor, List<Row> rows) {
        return rows.stream()
                .filter(row -> isFor(row, descriptor.type()))
                .filter(row -> row.names().contains(parameter.name()))
                .toList();
    }

    private static boolean isFor(Row row, String type) {
        List<String> types = code(row.type()).toList();
        return types.isEmpty() || types.contains(type);
    }

    private static Stream<String> missing(Parameter parameter, String row) {
        String text = row.replaceAll("(?<=\\d),(?=\\d{3})", "").toLowerCase(Locale.ROOT);
        List<String> wanted = new ArrayList<>(Arrays.asList(parameter.defaultValue().split(",")));
        if (parameter.required()) {
            wanted.add("required");
        }
        if (parameter.allowed() instanceof AllowedValues.Texts texts) {
            wanted.addAll(texts.texts());
        } else if (parameter.allowed() instanceof AllowedValues.Range range) {
            wanted.add(range.words());
        }
        return wanted.stream().filter(word -> !text.contains(word.toLowerCase(Locale.ROOT)));
    }
}
