/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.borders;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a class file names (Java Virtual Machine Specification, section 4.4).
 *
 * @param strings constants of type String
 * @param classes classes that are referred to, with slashes
 * @param calls methods that are called, as {@code class.method}
 */
record ConstantPool(Set<String> strings, Set<String> classes, Set<String> calls) {
    private static final int UTF8 = 1;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;
    private static final int NAME_AND_TYPE = 12;

    static ConstantPool of(InputStream classFile) throws IOException {
        DataInputStream in = new DataInputStream(classFile);
        in.skipNBytes(8);
        int count = in.readUnsignedShort();
        int[] tags = new int[count];
        int[][] refers = new int[count][2];
        String[] texts = new String[count];
        for (int i = 1; i < count; i++) {
            tags[i] = in.readUnsignedByte();
            switch (tags[i]) {
                case UTF8 -> texts[i] = in.readUTF();
                case CLASS, STRING, 16, 19, 20 -> refers[i][0] = in.readUnsignedShort();
                case 9, METHOD, INTERFACE_METHOD, NAME_AND_TYPE, 17, 18 -> {
                    refers[i][0] = in.readUnsignedShort();
                    refers[i][1] = in.readUnsignedShort();
                }
                case 3, 4 -> in.skipNBytes(4);
                case 15 -> in.skipNBytes(3);
                // long and double take two places
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++;
                }
                default -> throw new IOException("constant of kind " + tags[i]);
            }
        }
        ConstantPool pool = new ConstantPool(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        for (int i = 1; i < count; i++) {
            switch (tags[i]) {
                case STRING -> pool.strings.add(texts[refers[i][0]]);
                case CLASS -> pool.classes.add(texts[refers[i][0]]);
                case METHOD, INTERFACE_METHOD ->
                        pool.calls.add(
                                texts[refers[refers[i][0]][0]]
                                        + '.'
                                        + texts[refers[refers[i][1]][0]]);
                default -> {}
            }
        }
        return pool;
    }
}
