/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A stand-in for the parts of advapi32.dll that report events. It keeps what it is given, and
 * refuses handles that it did not give.
 */
#include <errno.h>
#include <stdint.h>
#include <stddef.h>
#include <wchar.h>

#define HANDLE_VALUE ((void *) 0x4c6f67)
#define ERROR_INVALID_HANDLE 6

static wchar_t source[256];
static wchar_t text[32768];
static int type, number, reports, open_sources, failure;

void standin_fail(int code) {
    failure = code;
}

int standin_type(void) { return type; }
int standin_number(void) { return number; }
int standin_reports(void) { return reports; }
int standin_open(void) { return open_sources; }
const wchar_t *standin_source(void) { return source; }
const wchar_t *standin_text(void) { return text; }

static int refuse(int code) {
    errno = code; /* what JNA keeps as the last error on this system */
    return 0;
}

void *RegisterEventSourceW(const wchar_t *server, const wchar_t *name) {
    if (failure || server != NULL || name == NULL) {
        refuse(failure ? failure : 87);
        return NULL;
    }
    swprintf(source, sizeof source / sizeof *source, L"%ls", name);
    open_sources++;
    return HANDLE_VALUE;
}

int ReportEventW(void *handle, int event_type, int category, int event_number, void *user,
                 int count, int data_size, const wchar_t **strings, void *data) {
    if (handle != HANDLE_VALUE || open_sources < 1) {
        return refuse(ERROR_INVALID_HANDLE);
    }
    if (failure) {
        return refuse(failure);
    }
    if (category != 0 || user != NULL || count != 1 || data_size != 0 || data != NULL) {
        return refuse(87);
    }
    type = event_type;
    number = event_number;
    swprintf(text, sizeof text / sizeof *text, L"%ls", strings[0]);
    reports++;
    return 1;
}

int DeregisterEventSource(void *handle) {
    if (handle != HANDLE_VALUE || open_sources < 1) {
        return refuse(ERROR_INVALID_HANDLE);
    }
    open_sources--;
    return 1;
}
