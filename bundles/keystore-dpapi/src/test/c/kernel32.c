/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A stand-in for the parts of kernel32.dll that jna-platform calls around DPAPI.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define ALLOCATE_BUFFER 0x100
#define IGNORE_INSERTS 0x200
#define FROM_SYSTEM 0x1000
#define ALLOCATED 0x4c4f4341u

static _Thread_local uint32_t last_error;
static uint32_t live;
static uint32_t dirty;

/* each block carries its length, so that freeing can look whether it was wiped */
struct block {
    uint32_t mark;
    uint32_t length;
    uint32_t secret;
    uint32_t padding;
};

void SetLastError(uint32_t code) {
    last_error = code;
    errno = (int) code; /* what JNA keeps as the last error on this system */
}

uint32_t GetLastError(void) {
    return last_error;
}

void *standin_alloc(uint32_t length, int secret) {
    struct block *block = calloc(1, sizeof *block + length);
    block->mark = ALLOCATED;
    block->length = length;
    block->secret = (uint32_t) secret;
    live++;
    return block + 1;
}

void *LocalFree(void *memory) {
    struct block *block;
    if (memory == NULL) {
        return NULL;
    }
    block = (struct block *) memory - 1;
    if (block->mark != ALLOCATED) {
        SetLastError(6); /* ERROR_INVALID_HANDLE */
        return memory;
    }
    if (block->secret) {
        uint32_t i;
        for (i = 0; i < block->length; i++) {
            if (((unsigned char *) memory)[i] != 0) {
                dirty++;
                break;
            }
        }
    }
    block->mark = 0;
    live--;
    free(block);
    return NULL;
}

uint32_t FormatMessageW(uint32_t flags, void *source, uint32_t id, uint32_t language,
        wchar_t **buffer, uint32_t size, void *arguments) {
    wchar_t text[64];
    if (flags != (ALLOCATE_BUFFER | FROM_SYSTEM | IGNORE_INSERTS) || source != NULL || size != 0
            || arguments != NULL) {
        SetLastError(87);
        return 0;
    }
    (void) language;
    swprintf(text, 64, L"stand-in error %08x.\r\n", id);
    *buffer = standin_alloc((uint32_t) ((wcslen(text) + 1) * sizeof(wchar_t)), 0);
    wcscpy(*buffer, text);
    return (uint32_t) wcslen(text);
}

/* for the tests: blocks not freed, secret blocks that were freed without being wiped */
uint32_t standin_live(void) {
    return live;
}

uint32_t standin_dirty(void) {
    return dirty;
}
