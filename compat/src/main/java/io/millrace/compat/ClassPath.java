package io.millrace.compat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/** The public classes of Millrace that programs may name, of this process's class path. */
final class ClassPath {
    private static final List<String> ROOMS =
            List.of("io/millrace/api/", "io/millrace/connector/", "io/millrace/testutils/");

    private ClassPath() {}

    /** Top-level classes, with dots. */
    static List<String> publicApi() throws IOException {
        List<String> found = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                inDirectory(path, found);
            } else if (Files.isRegularFile(path)) {
                inJar(path, found);
            }
        }
        return found;
    }

    private static void inDirectory(Path directory, List<String> found) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                if (isCandidate(name)) {
                    add(name, Files.readAllBytes(file), found);
                }
            }
        }
    }

    private static void inJar(Path file, List<String> found) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            for (var entry : jar.stream().filter(each -> isCandidate(each.getName())).toList()) {
                add(entry.getName(), jar.getInputStream(entry).readAllBytes(), found);
            }
        }
    }

    private static boolean isCandidate(String file) {
        return file.endsWith(".class")
                && !file.contains("$")
                && ROOMS.stream().anyMatch(file::startsWith);
    }

    private static void add(String file, byte[] bytes, List<String> found) {
        if ((new ClassReader(bytes).getAccess() & Opcodes.ACC_PUBLIC) != 0) {
            found.add(file.substring(0, file.length() - ".class".length()).replace('/', '.'));
        }
    }
}
