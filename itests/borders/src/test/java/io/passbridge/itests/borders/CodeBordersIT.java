/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.borders;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.passbridge.event.EventType;
import java.nio.file.Path;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/** What the classes of the shipped bundles may do. */
class CodeBordersIT {
    /** {@code Md4Digest} and the like, but not {@code Descriptor}. */
    private static final Pattern LEGACY_NAME =
            Pattern.compile("(?i:md4|md5|a?rc4|des)(?![a-z]).*|.*(Md4|MD4|Md5|MD5|Rc4|RC4).*");

    private static final String COMPONENT = "org.osgi.service.component.annotations.Component";

    /** What those who record call, until it comes to the journal. */
    private static final Set<String> RECORDING =
            Set.of(
                    "record",
                    "recordLimited",
                    "require",
                    "note",
                    "act",
                    "begin",
                    "happened",
                    "change");

    private static JavaClasses ours;

    @BeforeAll
    static void readClasses() {
        List<Path> jars = ShippedBundle.all().stream().map(ShippedBundle::jar).toList();
        ours =
                new ClassFileImporter()
                        .withImportOption(location -> location.contains("/io/passbridge/"))
                        .importJars(
                                jars.stream()
                                        .map(CodeBordersIT::open)
                                        .toArray(java.util.jar.JarFile[]::new));
    }

    private static JavaClasses api() {
        return ShippedBundle.all().stream()
                .filter(bundle -> bundle.name().equals(ShippedBundle.API))
                .findFirst()
                .map(bundle -> new ClassFileImporter().importJar(open(bundle.jar())))
                .orElseThrow();
    }

    private static java.util.jar.JarFile open(Path jar) {
        try {
            return new java.util.jar.JarFile(jar.toFile());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void classes_areLookedAt() {
        assertThat(ours.size()).isGreaterThan(300);
    }

    @Test
    void nothing_changesTheSecurityProvidersOfTheVirtualMachine() {
        noClasses()
                .should()
                .callMethodWhere(
                        DescribedPredicate.describe(
                                "a provider is added, moved or removed",
                                call ->
                                        call.getTargetOwner().isEquivalentTo(Security.class)
                                                && call.getName()
                                                        .matches(
                                                                "addProvider|insertProviderAt"
                                                                        + "|removeProvider"
                                                                        + "|setProperty")))
                .check(ours);
    }

    @Test
    void legacyAlgorithms_areInPackagesNamedLegacy() {
        classes()
                .that(
                        DescribedPredicate.describe(
                                "are named after MD4, MD5, RC4 or DES", CodeBordersIT::isLegacy))
                .should()
                .resideInAPackage("..legacy..")
                .check(ours);
    }

    private static boolean isLegacy(JavaClass type) {
        return LEGACY_NAME.matcher(type.getSimpleName()).matches();
    }

    @Test
    void everyInterfaceOfTheApi_saysWhoImplementsIt() {
        classes()
                .that()
                .areInterfaces()
                .and()
                .areNotAnnotations()
                .and()
                .areTopLevelClasses()
                .and()
                .arePublic()
                .and(
                        DescribedPredicate.describe(
                                "are not sealed", type -> !type.reflect().isSealed()))
                .should()
                .beAnnotatedWith(ProviderType.class)
                .orShould()
                .beAnnotatedWith(ConsumerType.class)
                .check(api());
    }

    @Test
    void components_haveOnePublicConstructor() {
        List<String> ambiguous =
                ours.stream()
                        .filter(type -> type.isAnnotatedWith(COMPONENT))
                        .filter(type -> publicConstructors(type) != 1)
                        .map(JavaClass::getName)
                        .toList();
        assertThat(ours.stream().filter(type -> type.isAnnotatedWith(COMPONENT)).count())
                .isGreaterThan(20);
        assertThat(ambiguous)
                .as("SCR tries public constructors in any order, and logs an error for each misfit")
                .isEmpty();
    }

    private static long publicConstructors(JavaClass type) {
        return type.getConstructors().stream()
                .filter(constructor -> constructor.getModifiers().contains(JavaModifier.PUBLIC))
                .count();
    }

    @Test
    void nothing_printsToTheStreamsOfTheProcess() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.passbridge.shell..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(ours);
    }

    @Test
    void nothing_endsTheProcess() {
        noClasses().should().callMethod(System.class, "exit", int.class).check(ours);
    }

    @Test
    void everyEventOfTheCatalogue_isRecordedBySomebody() {
        JavaClass catalogue = ours.get(EventType.class);
        List<String> nobodys =
                Arrays.stream(EventType.values())
                        .map(EventType::name)
                        .filter(
                                name ->
                                        catalogue.getField(name).getAccessesToSelf().stream()
                                                .map(JavaFieldAccess::getOriginOwner)
                                                .noneMatch(CodeBordersIT::records))
                        .toList();
        assertThat(nobodys).isEmpty();
    }

    private static boolean records(JavaClass type) {
        return type.getMethodCallsFromSelf().stream()
                .map(call -> call.getTarget().getName())
                .anyMatch(RECORDING::contains);
    }
}
