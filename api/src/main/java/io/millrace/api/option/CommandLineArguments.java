package io.millrace.api.option;

import java.util.function.BiConsumer;

/** The form of arguments that programs are given: {@code --key value -key value --flag}. Pure. */
final class CommandLineArguments {
    private CommandLineArguments() {}

    /**
     * @param parameter takes name and value of each, in order
     * @throws IllegalArgumentException quoting the argument that is no name
     */
    static void read(String[] args, BiConsumer<String, String> parameter) {
        int next = 0;
        while (next < args.length) {
            String key = keyOf(args, next);
            next++;
            boolean alone = next == args.length || (isKey(args[next]) && !isNumber(args[next]));
            parameter.accept(key, alone ? AbstractParameterTool.NO_VALUE_KEY : args[next++]);
        }
    }

    private static boolean isKey(String argument) {
        return argument.startsWith("-");
    }

    private static String keyOf(String[] args, int index) {
        String argument = args[index];
        String key =
                argument.startsWith("--")
                        ? argument.substring(2)
                        : isKey(argument) ? argument.substring(1) : null;
        if (key == null) {
            throw new IllegalArgumentException(
                    "argument "
                            + (index + 1)
                            + " is '"
                            + argument
                            + "' where a name is expected. Write parameters as --name value or"
                            + " -name value; arguments: '"
                            + String.join(" ", args)
                            + "'.");
        }
        if (key.isEmpty()) {
            throw new IllegalArgumentException(
                    "argument "
                            + (index + 1)
                            + " is '"
                            + argument
                            + "', a name of no letters; arguments: '"
                            + String.join(" ", args)
                            + "'.");
        }
        return key;
    }

    /** A negative number is a value, not a name. */
    private static boolean isNumber(String text) {
        try {
            Double.parseDouble(text);
            return true;
        } catch (NumberFormatException notOne) {
            return text.matches("-?0[xX][0-9a-fA-F]+|-?\\d+[lL]");
        }
    }
}
