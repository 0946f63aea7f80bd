package io.millrace.runtime.loader;

/** What to add where a program names a connector that is not there. Pure. */
final class MissingConnector {
    /** Below it each connector has its packages. */
    static final String PACKAGE = "io.millrace.connector.";

    private MissingConnector() {}

    /**
     * @param className of a class below {@link #PACKAGE}
     */
    static String message(String className) {
        int end = className.indexOf('.', PACKAGE.length());
        String room = end < 0 ? "" : className.substring(PACKAGE.length(), end);
        String name = room.equals("file") ? "files" : room;
        return className
                + ": no plugin and no jar of the job has it. Add millrace-connector-"
                + name
                + "-VERSION.jar, with the libraries that it needs, to plugins/"
                + name
                + " of the distribution, or put it into the job's jar.";
    }
}
