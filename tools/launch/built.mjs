/** The task `build` ends here: by now the packages, the addon and the admin's bundle are ready. */
process.stdout.write('Ready: packages, addon and admin bundle.\n');
