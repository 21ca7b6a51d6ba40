/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.dpapi;

import com.sun.jna.platform.win32.Crypt32Util;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinError;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * CryptProtectData and CryptUnprotectData of crypt32.dll, with entropy of their own for each key
 * set and scope.
 */
final class Dpapi {
    private static final String DESCRIPTION = "Passbridge key set";
    private static final String LABEL = "passbridge dpapi v1:";

    private Dpapi() {}

    static byte[] protect(byte[] data, Scope scope, String keySetId) throws KeyException {
        try {
            return Crypt32Util.cryptProtectData(
                    data, entropy(scope, keySetId), scope.flags(), DESCRIPTION, null);
        } catch (Win32Exception e) {
            throw failure(e, scope, keySetId);
        }
    }

    /** The caller wipes the result. */
    static byte[] unprotect(byte[] data, Scope scope, String keySetId) throws KeyException {
        try {
            return Crypt32Util.cryptUnprotectData(
                    data, entropy(scope, keySetId), scope.flags(), null);
        } catch (Win32Exception e) {
            throw failure(e, scope, keySetId);
        }
    }

    private static byte[] entropy(Scope scope, String keySetId) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest((LABEL + scope + ":" + keySetId).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static KeyException failure(Win32Exception e, Scope scope, String keySetId) {
        String said = "Windows said " + e.getErrorCode() + ", " + e.getMessage();
        return switch (e.getErrorCode()) {
            case WinError.NTE_BAD_KEY_STATE, WinError.NTE_BAD_KEYSET ->
                    new KeyException(
                            Kind.WRONG_PASSWORD,
                            scope.owner()
                                    + " is not the one that protected key set "
                                    + keySetId
                                    + " ("
                                    + said
                                    + ")",
                            "run the platform as the account and on the machine it was protected"
                                    + " on, or restore an export with keys:activate",
                            e);
            case WinError.ERROR_INVALID_DATA ->
                    new KeyException(
                            Kind.DAMAGED,
                            "the DPAPI protection of key set "
                                    + keySetId
                                    + " was changed, or copied from another key set ("
                                    + said
                                    + ")",
                            e);
            case WinError.ERROR_FILE_NOT_FOUND ->
                    new KeyException(
                            Kind.IO,
                            "the profile of the Windows account is not loaded (" + said + ")",
                            "let the service log on with its profile, then keys:unlock",
                            e);
            default ->
                    new KeyException(
                            Kind.IO, "DPAPI failed (" + said + ")", "keys:unlock retries", e);
        };
    }
}
