/**
 * {@code doctor}: everything that is wrong, why, and what to do. Asks every inspector of the
 * platform, and looks itself at bundles and components that do not run.
 */
package io.passbridge.shell.doctor;
