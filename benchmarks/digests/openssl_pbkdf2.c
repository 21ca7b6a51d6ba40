/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/* pph1 digests a second of processor time with OpenSSL's PKCS5_PBKDF2_HMAC, on one thread. */
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double cpu_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(void) {
    enum { ROUNDS = 7, DIGESTS = 3000 };
    unsigned char key[64] = {0}, salt[10] = {0}, digest[32];
    double rates[ROUNDS];
    for (int i = 0; i < 64; i += 2) key[i] = "0123456789ABCDEF"[i / 4];
    for (int round = 0; round < ROUNDS; round++) {
        double start = cpu_seconds();
        for (int i = 0; i < DIGESTS; i++) {
            salt[0] = i;
            salt[1] = i >> 8;
            if (!PKCS5_PBKDF2_HMAC((char *)key, 64, salt, 10, 1000, EVP_sha256(), 32, digest)) return 1;
        }
        rates[round] = DIGESTS / (cpu_seconds() - start);
    }
    qsort(rates, ROUNDS, sizeof *rates, by_value);
    printf("%-34s %8.0f/s median  %8.0f/s best\n", OpenSSL_version(OPENSSL_VERSION), rates[ROUNDS / 2], rates[ROUNDS - 1]);
    return 0;
}
