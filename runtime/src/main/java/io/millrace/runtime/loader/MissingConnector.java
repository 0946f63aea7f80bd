package io.millrace.runtime.loader;

/** What to add where a program names a connector that is not there. Pure. */
final class MissingConnector {
    /** Below it each connector has its packages. */
    private static final String PACKAGE = "io.millrace.connector.";

    /** What a plugin brings with it and exports, too. */
    private static final String KAFKA = "org.apache.kafka.";

    private MissingConnector() {}

    /** Whether the class is one that a connector has. */
    static boolean has(String className) {
        return className.startsWith(PACKAGE) || className.startsWith(KAFKA);
    }

    /**
     * @param className of a class that a connector {@link #has}
     */
    static String message(String className) {
        String name = nameOf(className);
        return className
                + ": no plugin and no jar of the job has it. Add millrace-connector-"
                + name
                + "-VERSION.jar, with the libraries that it needs, to plugins/"
                + name
                + " of the distribution, or put it into the job's jar";
    }

    private static String nameOf(String className) {
        if (className.startsWith(KAFKA)) {
            return "kafka";
        }
        int end = className.indexOf('.', PACKAGE.length());
        String room = end < 0 ? "" : className.substring(PACKAGE.length(), end);
        return room.equals("file") ? "files" : room;
    }
}
