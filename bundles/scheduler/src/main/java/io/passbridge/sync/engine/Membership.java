/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import java.time.Duration;

/**
 * This server among those of its store.
 *
 * @param server its name there
 * @param standby whether it takes routes only when no other server is there
 * @param validity how long the others wait for it when it says nothing
 */
public record Membership(String server, boolean standby, Duration validity) {}
