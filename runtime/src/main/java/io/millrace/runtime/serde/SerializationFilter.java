package io.millrace.runtime.serde;

import java.io.ObjectInputFilter;
import java.util.List;
import java.util.Set;

/**
 * Decides which classes may be read from a serialized function or throwable: those of the user's
 * jars, our public API and connectors, and the plain values of Java; nothing else of Java or of the
 * engine. Confined to one reading.
 */
final class SerializationFilter implements ObjectInputFilter {
    private static final int MAX_DEPTH = 200;
    private static final long MAX_REFERENCES = 2_000_000;

    /** Collections ask for some more room than their elements need. */
    private static final long MIN_ARRAY_LIMIT = 1024;

    /** Packages of Java whose classes are values, collections or functions. */
    private static final Set<String> JAVA_PACKAGES =
            Set.of(
                    "java.lang",
                    "java.math",
                    "java.sql",
                    "java.text",
                    "java.time",
                    "java.time.chrono",
                    "java.time.format",
                    "java.time.temporal",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "java.util.concurrent.locks",
                    "java.util.function",
                    "java.util.regex");

    private static final Set<String> JAVA_CLASSES =
            Set.of(
                    "java.io.File",
                    // As what arrays are made of; there is nothing of it but its name.
                    "java.io.Serializable",
                    "java.lang.invoke.SerializedLambda",
                    "java.net.Inet4Address",
                    "java.net.Inet6Address",
                    "java.net.InetAddress",
                    "java.net.InetSocketAddress",
                    "java.net.URI");

    /** Packages of well-known libraries that turn reading into running. */
    private static final List<String> DANGEROUS =
            List.of(
                    "bsh.",
                    "com.mchange.v2.",
                    "org.apache.commons.beanutils.",
                    "org.apache.commons.collections.functors.",
                    "org.apache.commons.collections4.functors.",
                    "org.apache.xalan.",
                    "org.codehaus.groovy.runtime.",
                    "org.springframework.aop.",
                    "org.springframework.beans.");

    private final long maxArrayLength;
    private final boolean throwables;
    private String rejected;

    private SerializationFilter(long sizeBytes, boolean throwables) {
        this.maxArrayLength = Math.max(MIN_ARRAY_LIMIT, sizeBytes);
        this.throwables = throwables;
    }

    /**
     * @param sizeBytes of the whole stream: no array in it can have more elements
     */
    SerializationFilter(long sizeBytes) {
        this(sizeBytes, false);
    }

    /**
     * Allows all throwables of the packages {@code java.*} too. Those of {@code javax.*} stay
     * outside: one of them calls {@code toString} of what it is read with.
     */
    static SerializationFilter ofThrowables(long sizeBytes) {
        return new SerializationFilter(sizeBytes, true);
    }

    /** What was rejected, with the reason; null if nothing. */
    String rejected() {
        return rejected;
    }

    @Override
    public Status checkInput(FilterInfo info) {
        if (info.depth() > MAX_DEPTH || info.references() > MAX_REFERENCES) {
            return reject(
                    "a graph of depth "
                            + info.depth()
                            + " with "
                            + info.references()
                            + " references (limits "
                            + MAX_DEPTH
                            + " and "
                            + MAX_REFERENCES
                            + ")");
        }
        if (info.arrayLength() > maxArrayLength) {
            return reject("an array of " + info.arrayLength() + " elements");
        }
        Class<?> type = info.serialClass();
        if (type == null) {
            return Status.UNDECIDED;
        }
        while (type.isArray()) {
            type = type.getComponentType();
        }
        return type.isPrimitive() || isAllowed(type)
                ? Status.ALLOWED
                : reject("class " + type.getName());
    }

    private boolean isAllowed(Class<?> type) {
        String name = type.getName();
        if (DANGEROUS.stream().anyMatch(name::startsWith)) {
            return false;
        }
        ClassLoader loader = type.getClassLoader();
        if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
            return JAVA_PACKAGES.contains(type.getPackageName())
                    || JAVA_CLASSES.contains(name)
                    || throwables && isJavasThrowable(type);
        }
        return true;
    }

    private static boolean isJavasThrowable(Class<?> type) {
        return Throwable.class.isAssignableFrom(type) && type.getName().startsWith("java.");
    }

    private Status reject(String what) {
        if (rejected == null) {
            rejected = what;
        }
        return Status.REJECTED;
    }
}
