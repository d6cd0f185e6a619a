package org.fovea;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between modules and packages: they point one way. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("org.fovea");

    @Test
    void classesOfEveryEndOfTheArrowsAreSeen() {
        assertTrue(CLASSES.contain("org.fovea.core.tensor.Tensor"), "vision-core is not on the class path");
        assertTrue(CLASSES.contain("org.fovea.cli.Fovea"), "cli is not on the class path");
        assertTrue(CLASSES.contain("org.fovea.server.FoveaServer"), "server is not on the class path");
        assertTrue(CLASSES.contain("org.fovea.studies.quickstart.ClassifyPhoto"), "studies is not on the class path");
    }

    /** {@code cli -> server; cli, server, studies -> captioning, segmentation, vqa -> vit -> vision-core}; task modules never see each other. */
    @Test
    void modulesSeeOnlyWhatLiesBelow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("cli")
                .definedBy("org.fovea.cli..")
                .layer("server")
                .definedBy("org.fovea.server..")
                .layer("studies")
                .definedBy("org.fovea.studies..")
                .layer("captioning")
                .definedBy("org.fovea.captioning..")
                .layer("segmentation")
                .definedBy("org.fovea.segmentation..")
                .layer("vqa")
                .definedBy("org.fovea.vqa..")
                .layer("vit")
                .definedBy("org.fovea.vit..")
                .layer("vision-core")
                .definedBy("org.fovea.core..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("server")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("studies")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("captioning")
                .mayOnlyBeAccessedByLayers("cli", "server", "studies")
                .whereLayer("segmentation")
                .mayOnlyBeAccessedByLayers("cli", "server", "studies")
                .whereLayer("vqa")
                .mayOnlyBeAccessedByLayers("cli", "server", "studies")
                .whereLayer("vit")
                .mayOnlyBeAccessedByLayers("cli", "server", "studies", "captioning", "segmentation", "vqa")
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("org.fovea.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
