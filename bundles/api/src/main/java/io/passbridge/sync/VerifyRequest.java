/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync;

import java.util.OptionalInt;

/**
 * What an operator wants compared.
 *
 * @param sample how many people, chosen by chance; empty for everybody in step
 * @param repair whether to write again what is found to be different
 * @param actor who asks, for the journal
 */
public record VerifyRequest(OptionalInt sample, boolean repair, String actor) {}
