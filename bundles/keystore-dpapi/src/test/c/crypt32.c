/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A stand-in for CryptProtectData and CryptUnprotectData of crypt32.dll. It checks every argument,
 * keeps blobs apart by account, machine and entropy, notices any change of a blob, and fails with
 * the codes of Windows. It is no cryptography.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define UI_FORBIDDEN 0x1
#define LOCAL_MACHINE 0x4
#define INVALID_PARAMETER 87u
#define INVALID_DATA 13u
#define NTE_BAD_KEY_STATE 0x8009000bu
#define ENTROPY 32
#define MAGIC 0x49504144u

void SetLastError(uint32_t code);
void *standin_alloc(uint32_t length, int secret);

typedef struct {
    uint32_t length;
    unsigned char *data;
} blob;

typedef struct {
    uint32_t magic;
    uint32_t flags;
    uint64_t account;
    uint64_t machine;
    uint64_t entropy;
    uint64_t nonce;
    uint64_t check;
} header;

static char account[64] = "alice";
static char machine[64] = "srv1";
static uint32_t failure;
static uint32_t misuse;
static uint64_t counter;

static uint64_t fnv(uint64_t hash, const void *data, size_t length) {
    const unsigned char *bytes = data;
    size_t i;
    for (i = 0; i < length; i++) {
        hash = (hash ^ bytes[i]) * 1099511628211ull;
    }
    return hash;
}

static uint64_t hash_of(const void *data, size_t length) {
    return fnv(14695981039346656037ull, data, length);
}

static uint64_t check_of(const header *head, const unsigned char *data, uint32_t length) {
    header plain = *head;
    plain.check = 0;
    return fnv(hash_of(&plain, sizeof plain), data, length);
}

static void mask(const header *head, unsigned char *data, uint32_t length) {
    uint64_t state = head->account ^ head->machine ^ head->entropy ^ head->nonce;
    uint32_t i;
    for (i = 0; i < length; i++) {
        state = state * 6364136223846793005ull + 1442695040888963407ull;
        data[i] ^= (unsigned char) (state >> 56);
    }
}

static int wrong(uint32_t argument) {
    misuse = argument;
    SetLastError(INVALID_PARAMETER);
    return 0;
}

static int checked(blob *in, blob *entropy, void *reserved, void *prompt, uint32_t flags, blob *out) {
    if (in == NULL || in->length == 0 || in->data == NULL) {
        return wrong(1);
    }
    if (entropy == NULL || entropy->length != ENTROPY || entropy->data == NULL) {
        return wrong(3);
    }
    if (reserved != NULL) {
        return wrong(4);
    }
    if (prompt != NULL) {
        return wrong(5);
    }
    if (flags != UI_FORBIDDEN && flags != (UI_FORBIDDEN | LOCAL_MACHINE)) {
        return wrong(6);
    }
    if (out == NULL) {
        return wrong(7);
    }
    if (failure != 0) {
        SetLastError(failure);
        return 0;
    }
    return 1;
}

static void owner(header *head, uint32_t flags) {
    head->flags = flags & LOCAL_MACHINE;
    head->account = head->flags ? 0 : hash_of(account, strlen(account));
    head->machine = hash_of(machine, strlen(machine));
}

int CryptProtectData(blob *in, const wchar_t *description, blob *entropy, void *reserved,
        void *prompt, uint32_t flags, blob *out) {
    header *head;
    unsigned char *body;
    if (description == NULL || wcscmp(description, L"Passbridge key set") != 0) {
        return wrong(2);
    }
    if (!checked(in, entropy, reserved, prompt, flags, out)) {
        return 0;
    }
    out->length = (uint32_t) sizeof *head + in->length;
    out->data = standin_alloc(out->length, 0);
    head = (header *) out->data;
    body = out->data + sizeof *head;
    head->magic = MAGIC;
    owner(head, flags);
    head->entropy = hash_of(entropy->data, entropy->length);
    head->nonce = ++counter;
    memcpy(body, in->data, in->length);
    head->check = check_of(head, body, in->length);
    mask(head, body, in->length);
    return 1;
}

int CryptUnprotectData(blob *in, wchar_t **description, blob *entropy, void *reserved,
        void *prompt, uint32_t flags, blob *out) {
    header head;
    header here;
    uint32_t length;
    if (description != NULL) {
        return wrong(2);
    }
    if (!checked(in, entropy, reserved, prompt, flags, out)) {
        return 0;
    }
    if (in->length <= sizeof head) {
        SetLastError(INVALID_DATA);
        return 0;
    }
    memcpy(&head, in->data, sizeof head);
    memset(&here, 0, sizeof here);
    owner(&here, head.flags);
    if (head.magic != MAGIC) {
        SetLastError(INVALID_DATA);
        return 0;
    }
    if (head.account != here.account || head.machine != here.machine) {
        SetLastError(NTE_BAD_KEY_STATE);
        return 0;
    }
    if (head.entropy != hash_of(entropy->data, entropy->length)) {
        SetLastError(INVALID_DATA);
        return 0;
    }
    length = in->length - (uint32_t) sizeof head;
    out->length = length;
    out->data = standin_alloc(length, 1);
    memcpy(out->data, in->data + sizeof head, length);
    mask(&head, out->data, length);
    if (check_of(&head, out->data, length) != head.check) {
        memset(out->data, 0, length);
        SetLastError(INVALID_DATA);
        return 0;
    }
    return 1;
}

/* for the tests */
void standin_place(const char *new_account, const char *new_machine, uint32_t new_failure) {
    strncpy(account, new_account, sizeof account - 1);
    strncpy(machine, new_machine, sizeof machine - 1);
    failure = new_failure;
    misuse = 0;
}

uint32_t standin_misuse(void) {
    return misuse;
}
