/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.sun.jna.win32;

/**
 * Stands in front of JNA's own marker of the same name, in these tests only. That one asks for the
 * calling convention of 32-bit Windows, which exists nowhere else; without it the same calls use
 * the convention of the C compiler, as they do on 64-bit Windows.
 */
public interface StdCall {}
