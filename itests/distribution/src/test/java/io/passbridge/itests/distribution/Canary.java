/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A secret that must not be found anywhere, in every form in which it might lie about.
 *
 * @param name says which, without showing it
 */
record Canary(String name, List<Form> forms) {
    /**
     * One form of a secret.
     *
     * @param encoding how the secret is written
     */
    record Form(String encoding, byte[] bytes) {}

    /** A password or another text. */
    static Canary text(String name, String secret) {
        List<Form> forms = new ArrayList<>();
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
            forms.add(new Form(charset.name(), secret.getBytes(charset)));
            encoded(charset.name(), secret.getBytes(charset), forms);
        }
        return new Canary(name, distinct(forms));
    }

    /** A binary hash. */
    static Canary bytes(String name, byte[] secret) {
        List<Form> forms = new ArrayList<>();
        forms.add(new Form("raw", secret));
        encoded("raw", secret, forms);
        return new Canary(name, distinct(forms));
    }

    private static void encoded(String of, byte[] secret, List<Form> forms) {
        String hex = HexFormat.of().formatHex(secret);
        for (String text : List.of(hex, hex.toUpperCase(Locale.ROOT))) {
            forms.add(new Form("hex of " + of, text.getBytes(StandardCharsets.US_ASCII)));
            forms.add(new Form("UTF-16 hex of " + of, text.getBytes(StandardCharsets.UTF_16LE)));
        }
        // within longer base64 a secret may begin at any of three places; its edges then differ
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[shift + secret.length];
            System.arraycopy(secret, 0, shifted, shift, secret.length);
            String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            int from = shift == 0 ? 0 : shift + 1;
            int to = base64.length() - (shifted.length % 3 == 0 ? 0 : 1);
            String inner = base64.substring(from, to);
            forms.add(new Form("base64 of " + of, inner.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static List<Form> distinct(List<Form> forms) {
        List<Form> distinct = new ArrayList<>();
        for (Form form : forms) {
            if (distinct.stream().noneMatch(other -> Arrays.equals(other.bytes, form.bytes))) {
                distinct.add(form);
            }
        }
        return distinct;
    }

    @Override
    public String toString() {
        return "Canary[" + name + "]";
    }
}
