/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.pkcs11;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.NativeLongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The tokens that a PKCS #11 library shows (PKCS #11 v2.40, sections 5.4 and 5.5). The JDK's
 * provider knows slots by number only, and a library that it has opened may never notice a token
 * that comes later. So the library is opened here, asked, and closed again, before the provider
 * gets it.
 */
final class TokenList {
    private static final long CKR_OK = 0;
    private static final long CKR_CRYPTOKI_ALREADY_INITIALIZED = 0x191;
    private static final int INITIALIZE = 0;
    private static final int FINALIZE = 1;
    private static final int GET_SLOT_LIST = 4;
    private static final int GET_TOKEN_INFO = 6;
    private static final int LABEL = 32;

    /** More than CK_TOKEN_INFO has on any system. */
    private static final int TOKEN_INFO = 512;

    private static final int MOST_SLOTS = 1_024;

    private final Pointer functions;

    private TokenList(Pointer functions) {
        this.functions = functions;
    }

    /** A token and where it is. */
    record Entry(long slot, String label) {
        @Override
        public String toString() {
            return "'" + label + "' in slot " + Long.toUnsignedString(slot);
        }
    }

    static List<Entry> of(String library) throws AbsentException {
        try {
            NativeLibrary opened = open(library);
            try {
                PointerByReference list = new PointerByReference();
                check("C_GetFunctionList", call(opened.getFunction("C_GetFunctionList"), list));
                return new TokenList(list.getValue()).read();
            } finally {
                // JNA unmaps a library that nobody refers to, whatever pointers lead into it
                Reference.reachabilityFence(opened);
            }
        } catch (LinkageError e) {
            throw new AbsentException("the library cannot be used: " + e.getMessage(), e);
        }
    }

    /** As the JDK opens it: its symbols must not serve other libraries (RTLD_LAZY, not global). */
    private static NativeLibrary open(String library) {
        return NativeLibrary.getInstance(
                library, Platform.isWindows() ? Map.of() : Map.of(Library.OPTION_OPEN_FLAGS, 1));
    }

    private List<Entry> read() throws AbsentException {
        long opened = call(function(INITIALIZE), Pointer.NULL);
        if (opened != CKR_CRYPTOKI_ALREADY_INITIALIZED) {
            check("C_Initialize", opened);
        }
        try {
            return entries();
        } finally {
            if (opened == CKR_OK) {
                call(function(FINALIZE), Pointer.NULL);
            }
        }
    }

    private List<Entry> entries() throws AbsentException {
        byte withToken = 1;
        NativeLongByReference count = new NativeLongByReference();
        check("C_GetSlotList", call(function(GET_SLOT_LIST), withToken, Pointer.NULL, count));
        int slots = (int) Math.min(MOST_SLOTS, count.getValue().longValue());
        List<Entry> entries = new ArrayList<>();
        if (slots == 0) {
            return entries;
        }
        try (Memory ids = new Memory((long) slots * NativeLong.SIZE);
                Memory info = new Memory(TOKEN_INFO)) {
            count.setValue(new NativeLong(slots));
            check("C_GetSlotList", call(function(GET_SLOT_LIST), withToken, ids, count));
            int found = (int) Math.min(slots, count.getValue().longValue());
            for (int i = 0; i < found; i++) {
                NativeLong slot = ids.getNativeLong((long) i * NativeLong.SIZE);
                // a slot whose token went meanwhile, or was never initialised, has no label
                if (call(function(GET_TOKEN_INFO), slot, info) == CKR_OK) {
                    String label = new String(info.getByteArray(0, LABEL), StandardCharsets.UTF_8);
                    entries.add(new Entry(slot.longValue(), label.strip()));
                }
            }
        }
        return entries;
    }

    /** CK_FUNCTION_LIST: a version of two bytes, then pointers; packed on Windows. */
    private Function function(int index) {
        long first = Platform.isWindows() ? 2 : Native.POINTER_SIZE;
        return Function.getFunction(
                functions.getPointer(first + (long) index * Native.POINTER_SIZE));
    }

    private static long call(Function function, Object... arguments) {
        return ((NativeLong) function.invoke(NativeLong.class, arguments)).longValue();
    }

    private static void check(String function, long result) throws AbsentException {
        if (result != CKR_OK) {
            throw new AbsentException(function + " answered 0x" + Long.toHexString(result));
        }
    }
}
