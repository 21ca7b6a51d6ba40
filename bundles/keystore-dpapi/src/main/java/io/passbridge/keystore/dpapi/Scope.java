/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.dpapi;

import com.sun.jna.platform.win32.WinCrypt;

/** Who can open what DPAPI has protected. A code once given keeps its meaning. */
enum Scope {
    /** The Windows account that the platform runs as. */
    USER((byte) 0, 0, "the Windows account"),
    /** Every process on this machine: the key-set file's own rights are all that guards it. */
    MACHINE((byte) 1, WinCrypt.CRYPTPROTECT_LOCAL_MACHINE, "this machine");

    private final byte code;
    private final int flag;
    private final String owner;

    Scope(byte code, int flag, String owner) {
        this.code = code;
        this.flag = flag;
        this.owner = owner;
    }

    byte code() {
        return code;
    }

    /** Flags of both calls; a service has nobody to show a dialogue to. */
    int flags() {
        return flag | WinCrypt.CRYPTPROTECT_UI_FORBIDDEN;
    }

    /** In words. */
    String owner() {
        return owner;
    }
}
