/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.replication;

/**
 * Where a domain controller is reached.
 *
 * @param hostName the controller's full DNS name, as in its service principal name {@code
 *     ldap/hostName}
 * @param address the name or address that is connected to; usually the same as {@code hostName}
 * @param mapperPort the TCP port of the endpoint mapper, usually 135; not used when {@code
 *     replicationPort} is given
 * @param replicationPort the TCP port of the replication interface, or 0 to ask the endpoint mapper
 */
public record ReplicationEndpoint(
        String hostName, String address, int mapperPort, int replicationPort) {
    /** The well-known port of the endpoint mapper. */
    public static final int MAPPER_PORT = 135;

    private static final int MAX_PORT = 65_535;

    public ReplicationEndpoint {
        if (hostName.isBlank() || address.isBlank()) {
            throw new IllegalArgumentException(
                    "a domain controller needs a host name and an address");
        }
        if (mapperPort < 1
                || mapperPort > MAX_PORT
                || replicationPort < 0
                || replicationPort > MAX_PORT) {
            throw new IllegalArgumentException(
                    "ports "
                            + mapperPort
                            + " and "
                            + replicationPort
                            + ": 1 to 65535 are allowed (and 0 for 'ask')");
        }
    }

    /** The controller of that DNS name, its port asked from the endpoint mapper. */
    public static ReplicationEndpoint of(String hostName) {
        return new ReplicationEndpoint(hostName, hostName, MAPPER_PORT, 0);
    }

    /** The same controller, connected to at the given address. */
    public ReplicationEndpoint at(String otherAddress) {
        return new ReplicationEndpoint(hostName, otherAddress, mapperPort, replicationPort);
    }

    @Override
    public String toString() {
        return hostName.equals(address) ? hostName : hostName + " (" + address + ")";
    }
}
