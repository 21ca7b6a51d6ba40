/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.connector;

import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.connector.host.ConnectorStatus;
import io.passbridge.plugin.DeployFolder;
import io.passbridge.plugin.DroppedJar;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Table;
import io.passbridge.shell.kit.Usage;
import java.util.List;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@code connector:list}: the connector instances, or the types of which there can be some. */
@Component(service = Command.class)
@GogoCommand(scope = "connector", function = "list")
public final class ListConnectors extends Command {
    private static final Table<ConnectorStatus> INSTANCES =
            Table.of(
                            ConnectorStatus.class,
                            "No connector is configured. Put a file"
                                    + " io.passbridge.connector.TYPE-NAME.cfg into etc/;"
                                    + " connector:list --types shows the types.")
                    .column("NAME", ConnectorStatus::name)
                    .column("TYPE", ConnectorStatus::type)
                    .column("STATE", ConnectorStatus::phase)
                    .minor("SINCE", ConnectorStatus::since)
                    .number("CALLS", ConnectorStatus::calls)
                    .number("FAILED", ConnectorStatus::failures)
                    .number("BAD RECORDS", ConnectorStatus::badRecords)
                    .column("DETAIL", ConnectorStatus::detail);
    private static final Table<ConnectorDescriptor> TYPES =
            Table.of(ConnectorDescriptor.class, "No connector bundle is there. See doctor.")
                    .column("TYPE", ConnectorDescriptor::type)
                    .column("NAME", ConnectorDescriptor::displayName)
                    .column("SIGNS IN WITH A SECRET", ConnectorDescriptor::accountSecret)
                    .column("CONFIGURED BY", d -> "etc/" + d.factoryPid() + "-NAME.cfg");
    private static final Table<Parameter> PARAMETERS =
            Table.of(Parameter.class, "This type takes no parameters.")
                    .column("PARAMETER", Parameter::name)
                    .column("KIND", Parameter::type)
                    .column("REQUIRED", Parameter::required)
                    .column("DEFAULT", Parameter::defaultValue)
                    .column("DESCRIPTION", Parameter::description);

    private static final Table<DroppedJar> JARS =
            Table.of(DroppedJar.class, "Nothing is in deploy/.")
                    .column("FILE", DroppedJar::file)
                    .column("STATE", DroppedJar::state)
                    .column("BUNDLE", DroppedJar::bundle)
                    .column("DETAIL", jar -> Findings.inWords(jar.text(), jar.remedy()));

    private final ConnectorRegistry registry;
    private final DeployFolder folder;

    /**
     * @param folder null in a container that has none
     */
    @Activate
    public ListConnectors(
            @Reference ConnectorRegistry registry,
            @Reference(
                            cardinality = ReferenceCardinality.OPTIONAL,
                            policyOption = ReferencePolicyOption.GREEDY)
                    DeployFolder folder) {
        super(
                Usage.of("connector:list", "list the connector instances and how they are")
                        .flag(
                                "--jars",
                                "list the files in deploy/ instead, and what became of them")
                        .flag("--types", "list the connector types that are there instead")
                        .option(
                                "--type",
                                "TYPE",
                                "list the parameters of a connector type instead",
                                () ->
                                        registry.types().stream()
                                                .map(ConnectorDescriptor::type)
                                                .toList())
                        .lists()
                        .example("connector:list")
                        .example("connector:list --type ldif"));
        this.registry = registry;
        this.folder = folder;
    }

    @Override
    protected void run(Invocation call) throws Refused {
        if (call.has("--type")) {
            call.print(parameters(call.option("--type").orElseThrow()), PARAMETERS);
        } else if (call.has("--types")) {
            call.print(registry.types(), TYPES);
        } else if (call.has("--jars")) {
            call.print(jars(), JARS);
        } else {
            call.print(registry.instances(), INSTANCES);
            jars().stream()
                    .filter(jar -> !jar.text().isEmpty())
                    .forEach(
                            jar -> {
                                call.remark(jar.file() + " " + jar.text());
                                call.remark("-> " + jar.remedy());
                            });
        }
    }

    private List<DroppedJar> jars() {
        return folder == null ? List.of() : folder.jars();
    }

    private List<Parameter> parameters(String type) throws Refused {
        return registry.types().stream()
                .filter(descriptor -> descriptor.type().equals(type))
                .findFirst()
                .orElseThrow(
                        () ->
                                new Refused(
                                        "there is no connector type "
                                                + type
                                                + "; connector:list --types shows them"))
                .parameters();
    }
}
