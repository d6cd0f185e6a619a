package org.fovea.samples;

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
            .importPackages("org.fovea");

    @Test
    void classesOfEveryEndOfTheArrowsAreSeen() {
        assertTrue(CLASSES.contain("org.fovea.core.tensor.Tensor"), "vision-core is not on the class path");
        assertTrue(CLASSES.contain("org.fovea.samples.cli.Fovea"), "samples is not on the class path");
    }

    /** {@code samples -> captioning, segmentation, vqa -> vit -> vision-core}; task modules never see each other. */
    @Test
    void modulesSeeOnlyWhatLiesBelow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("samples")
                .definedBy("org.fovea.samples..")
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
                .whereLayer("samples")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("captioning")
                .mayOnlyBeAccessedByLayers("samples")
                .whereLayer("segmentation")
                .mayOnlyBeAccessedByLayers("samples")
                .whereLayer("vqa")
                .mayOnlyBeAccessedByLayers("samples")
                .whereLayer("vit")
                .mayOnlyBeAccessedByLayers("samples", "captioning", "segmentation", "vqa")
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("org.fovea.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
