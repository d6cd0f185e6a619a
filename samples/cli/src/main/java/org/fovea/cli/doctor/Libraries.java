package org.fovea.cli.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import org.bytedeco.javacpp.Loader;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.image.OpenCvLibrary;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.opencv.core.Core;

/** Loads each native library and says what it is. */
final class Libraries {
    private static final String PLATFORM =
            "its native code must be on the class path for this platform: build on this machine with ./fovea, or with"
                    + " -Pall-platforms";

    private Libraries() {}

    /** Checks the libraries in the order of their dependencies. */
    static List<LibraryCheck> check() {
        return List.of(
                LibraryCheck.of("JavaCPP", Libraries::javaCpp, PLATFORM),
                LibraryCheck.of("OpenCV", Libraries::openCv, "without it no image is decoded; " + PLATFORM),
                LibraryCheck.of(
                        "oneDNN", Libraries::oneDnn, "without it fovea computes with ND4J, slower; " + PLATFORM),
                LibraryCheck.of("ND4J", Libraries::nd4j, "without it --backend nd4j fails; " + PLATFORM));
    }

    private static String javaCpp() {
        try {
            return Loader.getVersion() + ", " + Loader.getPlatform();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String openCv() {
        OpenCvLibrary.load();
        return Core.getVersionString();
    }

    private static String oneDnn() {
        OneDnnBackend backend = OneDnnBackend.create();
        return backend.version() + ", " + backend.instructionSet() + ", " + backend.threads() + " threads";
    }

    private static String nd4j() {
        INDArray one = Nd4j.ones(2, 2).mmul(Nd4j.ones(2, 2));
        if (one.getDouble(0, 0) != 2) {
            throw new IllegalStateException("its matrix product of ones gave " + one);
        }
        return version("org.nd4j", "nd4j-api") + ", "
                + Nd4j.getBackend().getClass().getSimpleName() + ", "
                + Nd4j.factory().blas().getBlasVendor() + " with "
                + Nd4j.factory().blas().getMaxThreads() + " threads";
    }

    private static String version(String group, String artifact) {
        String resource = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        try (InputStream in = Nd4j.class.getResourceAsStream(resource)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown version");
        } catch (IOException e) {
            return "unknown version";
        }
    }
}
