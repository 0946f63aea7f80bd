package io.millrace.runtime.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;

/** Jars of programs, compiled for a test. */
record ProgramJars(Path work) {
    static ProgramJars in(Path work) {
        return new ProgramJars(work);
    }

    /** Compiles classes and puts them into a jar. */
    Path jar(String name, Map<String, String> bodyByClass, String exports) throws IOException {
        Path sources = Files.createDirectories(work.resolve(name + "-src"));
        Path classes = Files.createDirectories(work.resolve(name + "-classes"));
        Path jar = work.resolve(name + ".jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (exports != null) {
            manifest.getMainAttributes().putValue(Plugins.EXPORTS, exports);
        }
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (Map.Entry<String, String> type : new TreeMap<>(bodyByClass).entrySet()) {
                int dot = type.getKey().lastIndexOf('.');
                Path source = sources.resolve(type.getKey().replace('.', '/') + ".java");
                Files.createDirectories(source.getParent());
                Files.writeString(
                        source,
                        "package " + type.getKey().substring(0, dot) + "; " + type.getValue());
                int code =
                        ToolProvider.getSystemJavaCompiler()
                                .run(
                                        null,
                                        null,
                                        null,
                                        "-d",
                                        classes.toString(),
                                        "-cp",
                                        classes
                                                + File.pathSeparator
                                                + System.getProperty("java.class.path"),
                                        source.toString());
                assertThat(code).isZero();
                String entry = type.getKey().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(entry));
                out.write(Files.readAllBytes(classes.resolve(entry)));
                out.closeEntry();
            }
        }
        return jar;
    }
}
