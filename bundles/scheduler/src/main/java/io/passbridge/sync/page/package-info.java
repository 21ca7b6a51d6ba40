/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** One page of changes: read, put in order, judged, digested, written and recorded. */
package io.passbridge.sync.page;
