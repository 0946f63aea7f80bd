package io.millrace.yarn.submit;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * A user's program that has been looked at: the file can be read, and holds the class with {@code
 * main}. Immutable.
 */
record UserJar(Path file, String mainClass) {
    /**
     * @param mainClass null to take the one that the manifest names
     * @throws MillraceException {@code JAR_UNREADABLE}, {@code NO_MAIN_CLASS}
     */
    static UserJar open(Path file, String mainClass) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw unreadable(
                    file, Files.exists(file) ? "is no readable file" : "does not exist", null);
        }
        try (JarFile jar = new JarFile(file.toFile())) {
            String chosen = mainClass != null ? mainClass : fromManifest(jar, file);
            if (jar.getJarEntry(chosen.replace('.', '/') + ".class") == null) {
                throw new MillraceException(
                        ErrorCode.NO_MAIN_CLASS,
                        file
                                + " has no class "
                                + chosen
                                + ". Name the class with 'main' by -c, with its package.");
            }
            return new UserJar(file, chosen);
        } catch (IOException e) {
            throw unreadable(file, "cannot be read as a jar (" + e.getMessage() + ")", e);
        }
    }

    private static String fromManifest(JarFile jar, Path file) throws IOException {
        Manifest manifest = jar.getManifest();
        String named =
                manifest == null
                        ? null
                        : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
        if (named == null || named.isBlank()) {
            throw new MillraceException(
                    ErrorCode.NO_MAIN_CLASS,
                    "the manifest of " + file + " names no Main-Class. Name the class by -c.");
        }
        return named.strip();
    }

    private static MillraceException unreadable(Path file, String how, IOException cause) {
        return new MillraceException(
                ErrorCode.JAR_UNREADABLE,
                "the program " + file + " " + how + ". Check the path and build the jar.",
                cause);
    }
}
