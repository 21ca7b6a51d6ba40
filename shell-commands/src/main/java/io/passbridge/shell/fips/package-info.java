/** The FIPS policy. */
package io.passbridge.shell.fips;
