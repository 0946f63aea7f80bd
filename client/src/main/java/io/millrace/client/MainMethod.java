package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** The {@code main} of a user's program, found and ready to be called. Immutable. */
final class MainMethod {
    private final Method main;

    private MainMethod(Method main) {
        this.main = main;
    }

    /**
     * @param mainClass null to take the one that the jar's manifest names
     * @param loader of the program
     * @throws MillraceException {@code NO_MAIN_CLASS} saying what was found instead
     */
    static MainMethod of(Path jar, String mainClass, ClassLoader loader) {
        String name = mainClass != null ? mainClass : fromManifest(jar);
        try {
            Method main = Class.forName(name, false, loader).getMethod("main", String[].class);
            if (!Modifier.isStatic(main.getModifiers()) || main.getReturnType() != void.class) {
                throw none(
                        "class "
                                + name
                                + " has a main(String[]), but it is not 'public static void'",
                        null);
            }
            main.setAccessible(true); // a public main of a class that is not public is legal
            return new MainMethod(main);
        } catch (ClassNotFoundException e) {
            throw none(jar + " has no class " + name, e);
        } catch (NoSuchMethodException e) {
            throw none("class " + name + " has no 'public static void main(String[])'", e);
        } catch (LinkageError e) {
            // The loader's own words say what to add.
            Throwable said = e.getCause() instanceof ClassNotFoundException missing ? missing : e;
            throw none("class " + name + " cannot be loaded: " + said, e);
        }
    }

    /**
     * Calls it in this thread.
     *
     * @throws MillraceException as thrown by the engine; {@code MAIN_THREW} for all else
     */
    void call(List<String> args) {
        try {
            main.invoke(null, (Object) args.toArray(String[]::new));
        } catch (InvocationTargetException e) {
            ErrorCode known = MillraceException.codeOf(e.getCause(), null);
            if (known != null && e.getCause() instanceof RuntimeException engines) {
                throw engines;
            }
            throw new MillraceException(
                    ErrorCode.MAIN_THREW,
                    "main of "
                            + main.getDeclaringClass().getName()
                            + " threw "
                            + e.getCause()
                            + ". Its stack is above.",
                    e.getCause());
        } catch (IllegalAccessException e) {
            throw none("main of " + main.getDeclaringClass().getName() + " is not accessible", e);
        }
    }

    private static String fromManifest(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String named =
                    manifest == null
                            ? null
                            : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
            if (named == null || named.isBlank()) {
                throw none("the manifest of " + jar + " names no Main-Class", null);
            }
            return named.strip();
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.JAR_UNREADABLE, jar + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static MillraceException none(String found, Throwable cause) {
        return new MillraceException(
                ErrorCode.NO_MAIN_CLASS,
                found + ". Name the class by -c, with its package.",
                cause);
    }
}
