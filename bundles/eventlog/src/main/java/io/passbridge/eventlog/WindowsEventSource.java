/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.eventlog;

import com.sun.jna.Native;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import java.io.IOException;

/** RegisterEventSource, ReportEvent and DeregisterEventSource of advapi32.dll, and nothing more. */
final class WindowsEventSource implements EventSource {
    private final HANDLE handle;

    private WindowsEventSource(HANDLE handle) {
        this.handle = handle;
    }

    /** A source of this machine's log. One that is not registered is shown in "Application". */
    static EventSource open(String name) throws IOException {
        HANDLE handle = Advapi32.INSTANCE.RegisterEventSource(null, name);
        if (handle == null) {
            throw failure("the event log gave no source");
        }
        return new WindowsEventSource(handle);
    }

    @Override
    public void report(int type, int number, String text) throws IOException {
        String[] strings = {text};
        if (!Advapi32.INSTANCE.ReportEvent(
                handle, type, 0, number, null, strings.length, 0, strings, null)) {
            throw failure("the event log did not take an event");
        }
    }

    private static IOException failure(String what) {
        return new IOException(what + " (Windows said " + Native.getLastError() + ")");
    }

    @Override
    public void close() {
        Advapi32.INSTANCE.DeregisterEventSource(handle);
    }
}
