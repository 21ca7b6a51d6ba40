/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync;

/**
 * What an operator asks of one run.
 *
 * @param full read every user and ask the target about each of them
 * @param allowDeletions carry out more deletions than the route's threshold permits, in this run
 *     only; also resumes a route that the threshold has paused
 * @param actor who asks, for the journal
 */
public record RunRequest(boolean full, boolean allowDeletions, String actor) {}
