package io.millrace.api.type;

/**
 * Describes classes of a library that the engine does not know; found by {@link
 * java.util.ServiceLoader} with the loader of the class that is described. Stateless; any thread.
 */
public interface TypeInformationProvider {
    /** The description of a class, or null if it is none of the library's. */
    TypeInformation<?> describe(Class<?> type);
}
