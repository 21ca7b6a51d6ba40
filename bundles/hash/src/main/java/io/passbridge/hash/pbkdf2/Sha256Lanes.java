/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.pbkdf2;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ROR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The compression function of SHA-256 (FIPS 180-4, section 6.2.2) for as many messages side by side
 * as a vector register has 32-bit lanes. Word {@code i} of lane {@code l} stands at {@code i *
 * width + l}. Present only if the Java platform was started with its incubating vector module.
 */
final class Sha256Lanes {
    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
    private static final int WIDTH = SPECIES.length();
    private static final int ROUNDS = 64;

    private Sha256Lanes() {}

    static int width() {
        return WIDTH;
    }

    /**
     * One block for each lane.
     *
     * @param from 8 words of state, left as they are
     * @param w 16 words of message, overwritten
     * @param to 8 words of the new state; another array than {@code from}
     */
    static void compress(int[] from, int[] w, int[] to) {
        // written out: the compiler must inline all of it, and stops at deeper or larger helpers
        int[] k = Sha256Constants.ROUND;
        IntVector a = load(from, 0);
        IntVector b = load(from, 1);
        IntVector c = load(from, 2);
        IntVector d = load(from, 3);
        IntVector e = load(from, 4);
        IntVector f = load(from, 5);
        IntVector g = load(from, 6);
        IntVector h = load(from, 7);
        for (int t = 0; t < ROUNDS; t++) {
            IntVector x = load(w, t & 15);
            if (t >= 16) {
                IntVector y = load(w, t + 1 & 15);
                IntVector z = load(w, t + 14 & 15);
                x =
                        x.add(
                                        ror(y, 7)
                                                .lanewise(XOR, ror(y, 18))
                                                .lanewise(XOR, y.lanewise(LSHR, 3)))
                                .add(load(w, t + 9 & 15))
                                .add(
                                        ror(z, 17)
                                                .lanewise(XOR, ror(z, 19))
                                                .lanewise(XOR, z.lanewise(LSHR, 10)));
                x.intoArray(w, (t & 15) * WIDTH);
            }
            IntVector t1 =
                    h.add(ror(e, 6).lanewise(XOR, ror(e, 11)).lanewise(XOR, ror(e, 25)))
                            .add(g.lanewise(XOR, e.lanewise(AND, f.lanewise(XOR, g))))
                            .add(k[t])
                            .add(x);
            IntVector t2 =
                    ror(a, 2)
                            .lanewise(XOR, ror(a, 13))
                            .lanewise(XOR, ror(a, 22))
                            .add(
                                    a.lanewise(AND, b)
                                            .lanewise(XOR, c.lanewise(AND, a.lanewise(XOR, b))));
            h = g;
            g = f;
            f = e;
            e = d.add(t1);
            d = c;
            c = b;
            b = a;
            a = t1.add(t2);
        }
        a.intoArray(to, 0);
        b.intoArray(to, WIDTH);
        c.intoArray(to, 2 * WIDTH);
        d.intoArray(to, 3 * WIDTH);
        e.intoArray(to, 4 * WIDTH);
        f.intoArray(to, 5 * WIDTH);
        g.intoArray(to, 6 * WIDTH);
        h.intoArray(to, 7 * WIDTH);
        // apart from the rounds: kept until here in registers, the old state would crowd them
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    private static IntVector load(int[] words, int index) {
        return IntVector.fromArray(SPECIES, words, index * WIDTH);
    }

    private static IntVector ror(IntVector x, int by) {
        return x.lanewise(ROR, by);
    }
}
